import { PalvellaError } from './errors.ts';

/** A message as a sentence: with a capital, and a full stop where it has no end of its own. */
export function sentence(text: string): string {
  const trimmed = text.trim();
  const capital = trimmed.charAt(0).toUpperCase() + trimmed.slice(1);
  return /[.!?]$/.test(capital) ? capital : `${capital}.`;
}

/** A sentence as what follows a colon. */
export function midSentence(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** What people are told of an error, with its remedy. */
export function errorSentence(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const remedy = error instanceof PalvellaError && error.remedy !== undefined ? ` ${error.remedy}` : '';
  return `${sentence(message)}${remedy}`;
}
