'use client';
import { Button, Group, Modal, Text } from '@mantine/core';
import { useState } from 'react';
import { errorText } from '../api/error.ts';
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
      <Modal opened={asks} onClose={() => setAsks(false)} title="Run now?" centered>
        <Text size="sm">
          {pipelines.join(', ')} {pipelines.length === 1 ? 'starts' : 'start'} at once, beside all that goes on. The
          next times stay as they are.
        </Text>
        {run.error === null ? null : (
          <Text role="alert" size="sm" c="red" mt="sm">
            {errorText(run.error)}
          </Text>
        )}
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={() => setAsks(false)}>
            Leave it
          </Button>
          <Button loading={run.isPending} onClick={() => run.mutate({}, { onSuccess: () => setAsks(false) })}>
            Run
          </Button>
        </Group>
      </Modal>
    </>
  );
}
