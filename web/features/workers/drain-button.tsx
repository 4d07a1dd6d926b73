'use client';
import { Button, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { WorkerInfo } from '../../../core/api/objects.ts';
import { api } from '../api/client.ts';
import { errorText } from '../api/error.ts';
import { ConfirmDialog } from '../dialogs/confirm-dialog.tsx';
import classes from './workers.module.css';

/** Drains a Worker, once that is confirmed; or has it take Jobs again. */
export function DrainButton({ worker: { id, host, draining } }: { worker: WorkerInfo }) {
  const [asks, setAsks] = useState(false);
  const queries = useQueryClient();
  const change = useMutation({
    mutationFn: () => api.drain(id, !draining),
    onSuccess: () => setAsks(false),
    onSettled: () => queries.invalidateQueries({ queryKey: ['workers'] }),
  });
  const failure =
    change.error === null ? null : (
      <Text role="alert" size="sm" c="red" mt="sm">
        {errorText(change.error)}
      </Text>
    );
  if (draining) {
    return (
      <div className={classes.button}>
        <Button variant="default" size="xs" loading={change.isPending} onClick={() => change.mutate()}>
          Take Jobs
        </Button>
        {failure}
      </div>
    );
  }
  return (
    <div className={classes.button}>
      <Button variant="default" size="xs" onClick={() => setAsks(true)}>
        Drain
      </Button>
      <ConfirmDialog
        title={`Drain ${host}?`}
        opened={asks}
        change={change}
        keep="Leave it"
        act="Drain the Worker"
        onClose={() => setAsks(false)}
        onConfirm={() => change.mutate()}
      >
        It finishes the Jobs that it has and takes no new one, also after a restart, until somebody has it take Jobs
        again. Jobs that only it could take wait.
      </ConfirmDialog>
    </div>
  );
}
