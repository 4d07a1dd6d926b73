import { parse, stringify } from 'yaml';
import type { Json } from '../../../../core/json.ts';
import type { Parsed } from './use-draft.ts';

export function yamlText(value: Json | undefined): string {
  return value === undefined ? '' : stringify(value, { lineWidth: 0 }).trimEnd();
}

export function yamlOf(text: string): Parsed {
  if (text.trim() === '') return { value: undefined };
  try {
    return { value: parse(text) as Json };
  } catch (error) {
    return { error: error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'This is no YAML.' };
  }
}
