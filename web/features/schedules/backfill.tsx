'use client';
import { Button, NativeSelect, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { errorText } from '../api/error.ts';
import { useBackfill } from './queries.ts';
import classes from './schedules.module.css';

const ways = [
  { value: 'buffer_all', label: 'One after another' },
  { value: 'allow', label: 'All at once' },
];

/** Starts what would have started in a span of the past. The inputs are in the reader's own time. */
export function Backfill({ name }: { name: string }) {
  const backfill = useBackfill(name);
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [overlap, setOverlap] = useState('buffer_all');
  function submit(event: FormEvent) {
    event.preventDefault();
    if (from === '' || to === '') return;
    backfill.mutate({ from: new Date(from).toISOString(), to: new Date(to).toISOString(), overlap });
  }
  return (
    <details>
      <summary>Start what was missed</summary>
      <form onSubmit={submit} aria-label="Start what was missed" className={classes.backfill}>
        <Text size="sm" c="dimmed">
          Each time in the span starts once; one that had its start gets no second. In your time.
        </Text>
        <TextInput
          label="From"
          type="datetime-local"
          required
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <TextInput
          label="Until, which is not counted"
          type="datetime-local"
          required
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
        <NativeSelect
          label="How"
          data={ways}
          value={overlap}
          onChange={(event) => setOverlap(event.currentTarget.value)}
        />
        {backfill.error === null ? null : (
          <Text role="alert" size="sm" c="red">
            {errorText(backfill.error)}
          </Text>
        )}
        {backfill.data === undefined ? null : (
          <Text role="status" size="sm">
            {said(backfill.data)}
          </Text>
        )}
        <Button type="submit" variant="default" loading={backfill.isPending} style={{ alignSelf: 'flex-start' }}>
          Start them
        </Button>
      </form>
    </details>
  );
}

function said({ times, had }: { times: number; had: number }): string {
  const before = had === 0 ? '' : ` ${had} had ${had === 1 ? 'its' : 'their'} start already.`;
  if (times === 0) return `Nothing is to start in this span.${before}`;
  return `${times} ${times === 1 ? 'start is' : 'starts are'} made.${before}`;
}
