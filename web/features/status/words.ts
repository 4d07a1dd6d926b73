import { unreachable } from '../../../core/errors.ts';
import type { Wait } from '../../../core/run-state.ts';
import type { Status } from '../../../core/status.ts';
import { durationText, tickingText } from '../time/duration-text.ts';
import { waitText } from './wait-text.ts';

export const statusWords: Record<Status, string> = {
  queued: 'Queued',
  running: 'Running',
  waiting: 'Waiting',
  succeeded: 'Succeeded',
  failed: 'Failed',
  errored: 'Errored',
  blocked: 'Blocked',
  skipped: 'Skipped',
  stopped: 'Stopped',
  timed_out: 'Timed out',
};

const openStatuses: Record<Status, boolean> = {
  queued: true,
  running: true,
  waiting: true,
  succeeded: false,
  failed: false,
  errored: false,
  blocked: false,
  skipped: false,
  stopped: false,
  timed_out: false,
};

/** Will change by itself or by somebody's act. A table, as `isFinal` would bring the schemas into the browser. */
export function isOpen(status: Status): boolean {
  return openStatuses[status];
}

export function isBad(status: Status): boolean {
  return status === 'failed' || status === 'errored' || status === 'timed_out';
}

/** A run, Job or Action, as far as its status says. */
export interface Stated {
  status: Status;
  reason: string | null;
  wait?: Wait | null;
  startedAt: string | null;
  endedAt: string | null;
}

/** `now` in milliseconds; `usualMs`: how long such a thing took lately. */
export interface WordsContext {
  now: number;
  usualMs?: number | null;
}

/** The status in a word, and the rest of the sentence: `Running` + ` 12 s, usually 40 s`. */
export function statusText(of: Stated, context: WordsContext): { word: string; more: string } {
  const word = statusWords[of.status];
  switch (of.status) {
    case 'queued':
      return { word, more: after(' · ', waitOrReason(of, context.now)) };
    case 'running':
      return { word, more: elapsed(of, context) + after(' · ', waitOrReason(of, context.now)) };
    case 'waiting': {
      const text = waitOrReason(of, context.now);
      return text.startsWith('Waits ') ? { word: 'Waits', more: text.slice(5) } : { word, more: after(': ', text) };
    }
    case 'succeeded':
      return { word, more: took(of, ' in ') };
    case 'timed_out':
      return { word, more: of.reason === null ? took(of, ' after ') : `: ${of.reason}` };
    case 'failed':
    case 'errored':
    case 'blocked':
    case 'skipped':
    case 'stopped':
      return { word, more: after(': ', of.reason ?? '') };
    default:
      return unreachable(of.status);
  }
}

function after(mark: string, text: string): string {
  return text === '' ? '' : mark + text;
}

function elapsed(of: Stated, { now, usualMs }: WordsContext): string {
  if (of.startedAt === null) return '';
  const text = ` ${tickingText(now - Date.parse(of.startedAt))}`;
  return usualMs ? `${text}, usually ${durationText(usualMs)}` : text;
}

function took(of: Stated, preposition: string): string {
  if (of.startedAt === null || of.endedAt === null) return '';
  return preposition + durationText(Date.parse(of.endedAt) - Date.parse(of.startedAt));
}

function waitOrReason(of: Stated, now: number): string {
  return of.wait ? waitText(of.wait, now) : (of.reason ?? '');
}
