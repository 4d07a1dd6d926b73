'use client';
import { useState } from 'react';
import type { Json } from '../../../../core/json.ts';

export type Parsed = { value: Json | undefined } | { error: string };

/**
 * What is typed into an input whose text is not its value, as that of a number: kept as typed while it has the focus,
 * and handed on as soon as it can be read.
 */
export function useDraft(
  value: Json | undefined,
  { print, parse }: { print: (value: Json | undefined) => string; parse: (text: string) => Parsed },
  onChange: (value: Json | undefined) => void,
) {
  const [draft, setDraft] = useState<string | null>(null);
  const parsed = draft === null ? undefined : parse(draft);
  return {
    text: draft ?? print(value),
    error: parsed !== undefined && 'error' in parsed ? parsed.error : undefined,
    change: (text: string) => {
      setDraft(text);
      const read = parse(text);
      if ('value' in read) onChange(read.value);
    },
    leave: () => {
      if (parsed === undefined || 'value' in parsed) setDraft(null);
    },
  };
}
