'use client';
import { Select, type SelectProps } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { usePipelines } from '../api/queries.ts';
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
  const [asked] = useDebouncedValue(typed === value ? '' : typed, 200);
  const read = usePipelines(asked);
  const found = read.data?.pages.flatMap((page) => page.items.map(({ name }) => name)) ?? [];
  return (
    <OrFailure read={read}>
      <Select
        {...input}
        searchable
        data={value === '' || found.includes(value) ? found : [value, ...found]}
        value={value === '' ? null : value}
        onSearchChange={setTyped}
        onChange={(next) => onChange(next ?? '')}
        nothingFoundMessage="No Pipeline is called so"
      />
    </OrFailure>
  );
}
