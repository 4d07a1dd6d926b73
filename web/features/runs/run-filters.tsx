'use client';
import { Autocomplete, MultiSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { apiPath, call } from '../api/client.ts';
import { PipelineFilter } from '../lists/pipeline-filter.tsx';
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
  const [typedBy, setTypedBy] = useState(fields.by);
  // Back and forward change what the address says.
  useEffect(() => setTypedBy(fields.by), [fields.by]);
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
      <Autocomplete
        aria-label="Started by"
        placeholder="By anybody"
        data={names}
        value={typedBy}
        clearable
        onChange={(text) => {
          setTypedBy(text);
          // A name that is still being typed is nobody's yet.
          if (text === '' || names.includes(text)) set('by', text);
        }}
        onBlur={() => set('by', typedBy.trim())}
        onKeyDown={(event) => {
          if (event.key === 'Enter') set('by', typedBy.trim());
        }}
      />
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
