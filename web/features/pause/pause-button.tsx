'use client';
import { Button, Group, Modal, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { errorText } from '../api/error.ts';
import { useChangePause, usePause } from './queries.ts';

/** Pauses the whole server, with a note for whoever wonders why. The banner has the way on. */
export function PauseButton() {
  const [asks, setAsks] = useState(false);
  const [note, setNote] = useState('');
  const read = usePause();
  const change = useChangePause();
  if (read.data === undefined || read.data.pause !== null) return null;
  return (
    <>
      <Button variant="default" onClick={() => setAsks(true)}>
        Pause the server
      </Button>
      <Modal opened={asks} onClose={() => setAsks(false)} title="Pause the server?" centered>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            change.mutate(note, { onSuccess: () => setAsks(false) });
          }}
        >
          <Text size="sm" mb="md">
            No run and no Job begins until somebody resumes it. Jobs that run finish; schedules and Triggers go on being
            recorded, and what they start waits.
          </Text>
          <TextInput
            label="Why"
            placeholder="Shown on every page"
            maxLength={500}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
            data-autofocus
          />
          {change.error === null ? null : (
            <Text role="alert" size="sm" c="red" mt="sm">
              {errorText(change.error)}
            </Text>
          )}
          <Group justify="flex-end" mt="lg">
            <Button variant="default" onClick={() => setAsks(false)}>
              Leave it running
            </Button>
            <Button type="submit" loading={change.isPending}>
              Pause
            </Button>
          </Group>
        </form>
      </Modal>
    </>
  );
}
