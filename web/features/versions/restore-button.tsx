'use client';
import { Button, Group, Modal, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { DefinitionVersion } from '../../../core/api/library.ts';
import type { ApplyResult } from '../../../core/api/objects.ts';
import { apiPath, call } from '../api/client.ts';
import { Refusal } from '../library/refusal.tsx';
import { versionHref } from '../runs/hrefs.ts';

/** Saves what an old version says as a new one, once that is confirmed. */
export function RestoreButton({ version, newest }: { version: DefinitionVersion; newest: number }) {
  const { kind, name, version: number, source } = version;
  const [asks, setAsks] = useState(false);
  const [note, setNote] = useState(`Restores version ${number}`);
  const router = useRouter();
  const queries = useQueryClient();
  const restore = useMutation({
    mutationFn: () =>
      call<ApplyResult>('POST', apiPath(['apply']), {
        body: {
          files: [{ name: `version ${number}`, content: source }],
          note: note.trim(),
          expect: [{ kind, name, version: newest }],
        },
      }),
    onSuccess: async ({ saved }) => {
      await queries.invalidateQueries();
      setAsks(false);
      router.push(versionHref(kind, name, saved[0]?.version ?? newest));
    },
  });
  return (
    <>
      <Button size="xs" onClick={() => setAsks(true)}>
        Restore version {number}
      </Button>
      <Modal opened={asks} onClose={() => setAsks(false)} title={`Restore version ${number} of ${name}?`} centered>
        <Text size="sm" mb="sm">
          What it says becomes version {newest + 1}. The versions in between stay, and so do runs that are on their way.
        </Text>
        <TextInput
          label="Note"
          maxLength={2000}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <Refusal error={restore.error} />
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={() => setAsks(false)}>
            Leave it
          </Button>
          <Button loading={restore.isPending} onClick={() => restore.mutate()}>
            Restore
          </Button>
        </Group>
      </Modal>
    </>
  );
}
