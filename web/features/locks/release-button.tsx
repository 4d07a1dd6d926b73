'use client';
import { Button, Group, Modal, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { WaitHolder } from '../../../core/run-state.ts';
import { errorText } from '../api/error.ts';
import { holderName } from '../status/words.ts';
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
      <Modal opened={asks} onClose={() => setAsks(false)} title={`Take the lock ${name} away?`} centered>
        <Text size="sm">
          {holderName(holder)} goes on without it, and the next in line begins beside it. Where it need not go on, stop
          it instead: that hands the lock on.
        </Text>
        {release.error === null ? null : (
          <Text role="alert" size="sm" c="red" mt="sm">
            {errorText(release.error)}
          </Text>
        )}
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={() => setAsks(false)}>
            Leave it
          </Button>
          <Button color="red" loading={release.isPending} onClick={() => release.mutate()}>
            Take the lock away
          </Button>
        </Group>
      </Modal>
    </div>
  );
}
