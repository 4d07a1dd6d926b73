'use client';
import { NativeSelect } from '@mantine/core';
import classes from './priority-input.module.css';

const choices = [
  { value: '', label: 'As the Pipeline says' },
  { value: '1', label: '1, first' },
  { value: '2', label: '2' },
  { value: '3', label: '3, as usual' },
  { value: '4', label: '4' },
  { value: '5', label: '5, last' },
];

/** Which runs Workers serve first; out of the way, as it is seldom wanted. */
export function PriorityInput({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  return (
    <details className={classes.details}>
      <summary>Priority{value === '' ? '' : `: ${value}`}</summary>
      <NativeSelect
        mt={6}
        aria-label="Priority"
        description="Where Jobs wait for a Worker, those of 1 are taken before those of 5."
        inputWrapperOrder={['input', 'description']}
        data={choices}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </details>
  );
}
