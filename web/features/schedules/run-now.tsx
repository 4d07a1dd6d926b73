'use client';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { ConfirmDialog } from '../dialogs/confirm-dialog.tsx';
import { useScheduleChange } from './queries.ts';

/** Starts what the schedule starts, once that is confirmed. */
export function RunNow({ name, pipelines }: { name: string; pipelines: readonly string[] }) {
  const [asks, setAsks] = useState(false);
  const run = useScheduleChange(name, 'run');
  return (
    <>
      <Button variant="default" onClick={() => setAsks(true)}>
        Run now
      </Button>
      <ConfirmDialog
        title="Run now?"
        opened={asks}
        change={run}
        keep="Leave it"
        act="Run"
        onClose={() => setAsks(false)}
        onConfirm={() => run.mutate({}, { onSuccess: () => setAsks(false) })}
      >
        {pipelines.join(', ')} {pipelines.length === 1 ? 'starts' : 'start'} at once, beside all that goes on. The next
        times stay as they are.
      </ConfirmDialog>
    </>
  );
}
