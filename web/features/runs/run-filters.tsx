'use client';
import { Autocomplete, MultiSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { apiPath, call } from '../api/client.ts';
import { PipelineFilter } from '../lists/pipeline-filter.tsx';
import { QuietFailure } from '../lists/states.tsx';
import { useTyped } from '../lists/typed.ts';
import { statusWords } from '../status/words.ts';
import classes from './runs.module.css';
import type { RunFilterFields } from './use-run-filter.ts';

const statusOptions = Object.entries(statusWords).map(([value, label]) => ({ value, label }));

/** What a list of runs is narrowed down by; each field is in the address. */
export function RunFilters({
  fields,
  set,
}: {
  fields: RunFilterFields;
  set: (name: keyof RunFilterFields, value: string) => void;
}) {
  const by = useTyped(fields.by, (name) => set('by', name));
  const starters = useQuery({
    queryKey: ['starters'],
    queryFn: ({ signal }) => call<{ items: string[] }>('GET', apiPath(['starters']), { signal }),
    staleTime: 60_000,
  });
  const names = starters.data?.items ?? [];
  return (
    <search className={classes.filters} aria-label="Filter runs">
      <PipelineFilter value={fields.pipeline} onChange={(name) => set('pipeline', name)} />
      <MultiSelect
        aria-label="Status"
        placeholder={fields.status === '' ? 'Any status' : ''}
        data={statusOptions}
        value={fields.status === '' ? [] : fields.status.split(',')}
        onChange={(values) => set('status', values.join(','))}
        clearable
      />
      <div>
        <Autocomplete
          aria-label="Started by"
          placeholder="By anybody"
          data={names}
          value={by.typed}
          clearable
          onChange={(text) => {
            by.type(text);
            // A name that is still being typed is nobody's yet.
            if (text === '' || names.includes(text)) by.send();
          }}
          onBlur={by.send}
          onKeyDown={(event) => {
            if (event.key === 'Enter') by.send();
          }}
        />
        <QuietFailure read={starters} what="Names to choose from" />
      </div>
      <TextInput
        type="date"
        aria-label="From"
        title="From"
        value={fields.since}
        onChange={(event) => set('since', event.currentTarget.value)}
      />
      <TextInput
        type="date"
        aria-label="To"
        title="To, this day as well"
        value={fields.until}
        onChange={(event) => set('until', event.currentTarget.value)}
      />
    </search>
  );
}
