'use client';
import { Button, Group, Modal, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { isRunnable } from '../../../core/runnable.ts';
import { apiPath, call } from '../api/client.ts';
import { isLibraryKind, libraryKinds } from './kinds.ts';
import { Refusal } from './refusal.tsx';

/** Deletes a definition, once it is clear what goes and what stays. What is still used is refused, with what uses it. */
export function DeleteDialog({
  kind,
  name,
  isSchedule,
  onClose,
}: {
  kind: string;
  name: string;
  isSchedule: boolean;
  onClose: () => void;
}) {
  const router = useRouter();
  const queries = useQueryClient();
  const what = isSchedule ? 'schedule' : kind;
  const remove = useMutation({
    mutationFn: () => call<unknown>('DELETE', apiPath(['definitions', kind, name])),
    onSuccess: async () => {
      router.push(listHref(kind, isSchedule));
      await queries.invalidateQueries();
    },
  });
  return (
    <Modal opened onClose={onClose} title={`Delete the ${what} ${name}?`} centered>
      <Text size="sm">
        Its versions go, and that cannot be undone.
        {isRunnable(kind) ? ' Its runs stay, with their logs and files, and no number of them is used again.' : ''}
        {kind === 'Trigger' ? ' The runs that it started stay.' : ''}
        {kind === 'Pipeline' ? ' Triggers and schedules that start nothing else go with it.' : ''}
      </Text>
      <Refusal error={remove.error} />
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose}>
          Keep it
        </Button>
        <Button color="red" loading={remove.isPending || remove.isSuccess} onClick={() => remove.mutate()}>
          Delete the {what}
        </Button>
      </Group>
    </Modal>
  );
}

function listHref(kind: string, isSchedule: boolean): string {
  if (kind === 'Trigger') return isSchedule ? '/schedules' : '/triggers';
  return isLibraryKind(kind) ? libraryKinds[kind].path : '/pipelines';
}
