'use client';
import { Select, type SelectProps } from '@mantine/core';
import { api } from '../api/client.ts';
import { useNameSearch } from '../lists/name-search.ts';
import { OrFailure } from '../lists/states.tsx';

interface Props extends Omit<SelectProps, 'data' | 'value' | 'onChange'> {
  /** Its name; empty: none. */
  value: string;
  onChange: (name: string) => void;
}

/** One of the saved Pipelines, found by a part of its name. */
export function PipelineSelect({ value, onChange, ...input }: Props) {
  const names = useNameSearch({ what: 'Pipeline', value, queryKey: ['pipelines', 'names'], find: api.pipelines });
  return (
    <OrFailure read={names.read}>
      <Select {...input} {...names.input} onChange={(next) => onChange(next ?? '')} />
    </OrFailure>
  );
}
