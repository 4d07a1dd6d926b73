'use client';
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { WaitHolder } from '../../../core/run-state.ts';
import { ConfirmDialog } from '../dialogs/confirm-dialog.tsx';
import { holderName } from '../status/wait-text.ts';
import classes from './locks.module.css';
import { releaseLock } from './queries.ts';

/** Takes a lock from its holder, once that is confirmed. */
export function ReleaseButton({ name, holder }: { name: string; holder: WaitHolder }) {
  const [asks, setAsks] = useState(false);
  const queries = useQueryClient();
  const release = useMutation({
    mutationFn: () => releaseLock(name),
    onSuccess: () => setAsks(false),
    onSettled: () => queries.invalidateQueries({ queryKey: ['locks'] }),
  });
  return (
    <div className={classes.button}>
      <Button variant="default" size="xs" onClick={() => setAsks(true)}>
        Take it away
      </Button>
      <ConfirmDialog
        title={`Take the lock ${name} away?`}
        opened={asks}
        change={release}
        keep="Leave it"
        act="Take the lock away"
        isDangerous
        onClose={() => setAsks(false)}
        onConfirm={() => release.mutate()}
      >
        {holderName(holder)} goes on without it, and the next in line begins beside it. Where it need not go on, stop it
        instead: that hands the lock on.
      </ConfirmDialog>
    </div>
  );
}
