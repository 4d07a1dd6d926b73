'use client';
import { Button, Group, Modal, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { Renamed } from '../../../core/api/definitions.ts';
import { apiPath, call } from '../api/client.ts';
import { definitionHref } from '../runs/hrefs.ts';
import { Refusal } from './refusal.tsx';

/** Renames a definition, once it is clear what changes with it and what does not. */
export function RenameDialog({
  kind,
  name,
  version,
  onClose,
}: {
  kind: string;
  name: string;
  version: number;
  onClose: () => void;
}) {
  const router = useRouter();
  const queries = useQueryClient();
  const [text, setText] = useState(name);
  const to = text.trim();
  const rename = useMutation({
    mutationFn: () => call<Renamed>('POST', apiPath(['definitions', kind, name, 'rename']), { body: { to, version } }),
    onSuccess: async () => {
      router.replace(definitionHref(kind, to) ?? '/');
      await queries.invalidateQueries();
    },
  });
  const isSame = to === '' || to === name;
  return (
    <Modal opened onClose={onClose} title={`Rename the ${kind} ${name}`} centered>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!isSame) rename.mutate();
        }}
      >
        <TextInput
          label="New name"
          maxLength={100}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            if (rename.isError) rename.reset();
          }}
          data-autofocus
        />
        <Text size="sm" mt="sm">
          Whatever uses it is changed with it, each in a new version
          {kind === 'Pipeline' ? ', Triggers and schedules too' : ''}.
          {kind === 'Engine' ? '' : ` Its runs so far stay under ${name}, where they are still found.`}
        </Text>
        <Refusal error={rename.error} />
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={onClose}>
            Keep the name
          </Button>
          <Button type="submit" disabled={isSame} loading={rename.isPending || rename.isSuccess}>
            Rename
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
