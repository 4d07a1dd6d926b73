'use client';
import { Textarea } from '@mantine/core';
import type { ReactNode } from 'react';
import { monospace } from '../form/inputs.tsx';

/** Sample values, as YAML or JSON. */
export function SampleField({
  label,
  description,
  placeholder,
  text,
  error,
  isOff = false,
  onChange,
}: {
  label: string;
  description?: ReactNode;
  placeholder: string;
  text: string;
  error: string | undefined;
  isOff?: boolean;
  onChange: (text: string) => void;
}) {
  return (
    <Textarea
      size="xs"
      label={label}
      description={description}
      placeholder={placeholder}
      value={text}
      error={error}
      disabled={isOff}
      onChange={(event) => onChange(event.currentTarget.value)}
      styles={monospace}
      autosize
      minRows={1}
      maxRows={16}
      autoComplete="off"
      spellCheck={false}
    />
  );
}
