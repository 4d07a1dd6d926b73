'use client';
import { Button, Group, Modal, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ScheduleDetail } from '../../../core/api/schedules.ts';
import { errorText } from '../api/error.ts';
import { useScheduleChange } from './queries.ts';

/** Pauses a schedule with a note, or has it go on. */
export function PauseButton({ schedule: { name, paused } }: { schedule: ScheduleDetail }) {
  const [asks, setAsks] = useState(false);
  const [note, setNote] = useState('');
  const pause = useScheduleChange<{ note: string }>(name, 'pause');
  const resume = useScheduleChange<{ note: string }>(name, 'resume');
  const error = pause.error ?? resume.error;
  const failure =
    error === null ? null : (
      <Text role="alert" size="sm" c="red" mt="sm">
        {errorText(error)}
      </Text>
    );
  if (paused) {
    return (
      <div>
        <Button loading={resume.isPending} onClick={() => resume.mutate({ note: '' })}>
          Resume
        </Button>
        {failure}
      </div>
    );
  }
  return (
    <>
      <Button variant="default" onClick={() => setAsks(true)}>
        Pause
      </Button>
      <Modal opened={asks} onClose={() => setAsks(false)} title={`Pause ${name}?`} centered>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            pause.mutate({ note: note.trim() }, { onSuccess: () => setAsks(false) });
          }}
        >
          <Text size="sm" mb="sm">
            It starts nothing by the clock until somebody has it go on. Runs that go on go on, and the times that pass
            are not made up for.
          </Text>
          <TextInput
            label="Why"
            placeholder="The next people to come here read this"
            maxLength={1000}
            value={note}
            data-autofocus
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          {failure}
          <Group justify="flex-end" mt="lg">
            <Button variant="default" onClick={() => setAsks(false)}>
              Leave it
            </Button>
            <Button type="submit" loading={pause.isPending}>
              Pause the schedule
            </Button>
          </Group>
        </form>
      </Modal>
    </>
  );
}
