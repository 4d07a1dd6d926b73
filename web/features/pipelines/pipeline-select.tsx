'use client';
import { Select, type SelectProps } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api/client.ts';
import { OrFailure } from '../lists/states.tsx';

interface Props extends Omit<SelectProps, 'data' | 'value' | 'onChange'> {
  /** Its name; empty: none. */
  value: string;
  onChange: (name: string) => void;
}

/** One of the saved Pipelines, found by a part of its name. */
export function PipelineSelect({ value, onChange, ...input }: Props) {
  const [typed, setTyped] = useState('');
  // What was chosen stands there as if it were typed.
  const wanted = typed === value ? '' : typed;
  const [asked] = useDebouncedValue(wanted, 200);
  const read = useQuery({
    queryKey: ['pipelines', 'names', asked],
    queryFn: ({ signal }) => api.pipelines({ q: asked, limit: 50 }, signal),
    placeholderData: keepPreviousData,
  });
  const isRead = asked === wanted && read.data !== undefined && !read.isPlaceholderData;
  const found = read.data?.items.map(({ name }) => name) ?? [];
  return (
    <OrFailure read={read}>
      <Select
        {...input}
        searchable
        data={value === '' || found.includes(value) ? found : [value, ...found]}
        value={value === '' ? null : value}
        onSearchChange={setTyped}
        onChange={(next) => onChange(next ?? '')}
        nothingFoundMessage={isRead ? 'No Pipeline is called so' : 'Looking…'}
      />
    </OrFailure>
  );
}
