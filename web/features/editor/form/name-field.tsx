'use client';
import { TextInput } from '@mantine/core';
import { useRef } from 'react';
import { problemText } from '../problem-place.ts';
import type { Path } from '../text/edit.ts';
import { useEditor } from '../use-editor.ts';
import { pathMark } from './field-props.ts';

/** The name of a Job or Action. What names it elsewhere follows once the new one is whole. */
export function NameField({
  label,
  path,
  value,
  usual,
  alsoAt,
  onChange,
  onRenamed,
}: {
  label: string;
  path: Path;
  value: string;
  /** What it is called without one. */
  usual: string | undefined;
  /** Problems of the whole are shown here too, where no other field has them. */
  alsoAt?: Path | undefined;
  onChange: (name: string | undefined) => void;
  onRenamed: (from: string, to: string) => void;
}) {
  const { problems, isReadOnly } = useEditor();
  const before = useRef(value);
  const own = [...path, 'name'];
  return (
    <TextInput
      size="xs"
      label={label}
      value={value}
      placeholder={usual}
      disabled={isReadOnly}
      error={
        problemText(problems.found, own) ?? (alsoAt === undefined ? undefined : problemText(problems.found, alsoAt))
      }
      data-path={pathMark(own)}
      onFocus={() => (before.current = value)}
      onBlur={() => {
        if (value !== '' && before.current !== '' && value !== before.current) onRenamed(before.current, value);
      }}
      onChange={(event) => onChange(event.currentTarget.value === '' ? undefined : event.currentTarget.value)}
      autoComplete="off"
      spellCheck={false}
    />
  );
}
