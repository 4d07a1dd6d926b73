'use client';
import { Button, Group, Modal, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { apiPath, call } from '../api/client.ts';
import { isLibraryKind, libraryKinds } from './kinds.ts';
import { Refusal } from './refusal.tsx';

/** Deletes a definition, once it is clear what goes and what stays. What is still used is refused, with what uses it. */
export function DeleteDialog({
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
  const list = isLibraryKind(kind) ? libraryKinds[kind].path : '/pipelines';
  const remove = useMutation({
    mutationFn: () => call<unknown>('DELETE', apiPath(['definitions', kind, name])),
    onSuccess: async () => {
      router.push(list);
      await queries.invalidateQueries();
    },
  });
  return (
    <Modal opened onClose={onClose} title={`Delete the ${kind} ${name}?`} centered>
      <Text size="sm">
        {version === 1 ? 'Its only version goes' : `All of its ${version} versions go`}, and that cannot be undone.
        {kind === 'Engine' ? '' : ' Its runs stay, with their logs and files, and no number of them is used again.'}
        {kind === 'Pipeline' ? ' Triggers and schedules that start nothing else go with it.' : ''}
      </Text>
      <Refusal error={remove.error} />
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose}>
          Keep it
        </Button>
        <Button color="red" loading={remove.isPending || remove.isSuccess} onClick={() => remove.mutate()}>
          Delete the {kind}
        </Button>
      </Group>
    </Modal>
  );
}
