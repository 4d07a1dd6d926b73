'use client';
import { Autocomplete, type AutocompleteProps } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { apiPath, call } from '../api/client.ts';
import { QuietFailure } from './states.tsx';

const most = 20;
const settleMs = 250;

/** An input that offers names of Pipelines that are like what one types. */
export function PipelineNames({ value, ...input }: AutocompleteProps & { value: string }) {
  const [asked] = useDebouncedValue(value.trim(), settleMs);
  const names = useQuery({
    queryKey: ['pipeline-names', asked],
    queryFn: ({ signal }) =>
      call<{ items: { name: string }[] }>(
        'GET',
        apiPath(['definitions'], { kind: 'Pipeline', q: asked, limit: most }),
        { signal },
      ),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
  return (
    <div>
      <Autocomplete
        {...input}
        value={value}
        data={names.data?.items.map(({ name }) => name) ?? []}
        limit={most}
        clearable
        comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
      />
      <QuietFailure read={names} what="Names to choose from" />
    </div>
  );
}
