import { unreachable } from '../../../core/errors.ts';
import type { Wait, WaitHolder } from '../../../core/run-state.ts';
import type { Status } from '../../../core/status.ts';
import { durationText, tickingText } from '../time/duration-text.ts';

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

/** Why it does not go on, and what would end that. */
export function waitText(wait: Wait, now: number): string {
  switch (wait.kind) {
    case 'approval':
      return `Waits for approval${wait.roles.length === 0 ? '' : ` by ${orList(wait.roles)}`}`;
    case 'trigger':
      return `Waits for the Trigger ${wait.trigger}${wait.until === undefined ? '' : `, ${left(wait.until, now)} more`}`;
    case 'timer':
      return `Waits ${left(wait.until, now)} more`;
    case 'retry':
      return `Tries again in ${left(wait.until, now)}, try ${wait.attempt}`;
    case 'worker':
      if (wait.search !== undefined && wait.search.found !== 'soon') return `Waits for a Worker: ${wait.search.text}`;
      return `Waits for a Worker with engine ${wait.engine}${labels(wait.requires)}`;
    case 'worker_lost':
      return `Worker ${wait.worker} was lost while “${wait.action}” ran`;
    case 'window':
      return `Waits in line, position ${wait.position}`;
    case 'paused':
      return `Waits, as the server is paused${wait.note ? `: ${wait.note}` : ''}`;
    case 'lock':
      return `Waits for ${wait.names.length === 1 ? 'the lock' : 'the locks'} ${andList(wait.names)}${line(wait)}`;
    case 'group':
      return `Waits for a place in the group ${wait.group}${line(wait)}`;
    default:
      return unreachable(wait);
  }
}

function left(until: string, now: number): string {
  return tickingText(Date.parse(until) - now);
}

function labels(requires: Record<string, string>): string {
  const pairs = Object.entries(requires).map(([name, value]) => `${name}=${value}`);
  return pairs.length === 0 ? '' : ` and ${pairs.length === 1 ? 'label' : 'labels'} ${pairs.join(', ')}`;
}

function line({ position, holders = [] }: Extract<Wait, { kind: 'lock' | 'group' }>): string {
  const place = position === undefined ? '' : `, position ${position}`;
  return holders.length === 0
    ? place
    : `${place}; ${andList(holders.map(holderName))} ${holders.length === 1 ? 'has' : 'have'} it`;
}

export function holderName({ pipeline, number, job }: Pick<WaitHolder, 'pipeline' | 'number' | 'job'>): string {
  return `${pipeline} #${number}${job === null ? '' : ` › ${job}`}`;
}

function andList(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

export function orList(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} or ${words[words.length - 1]}`;
}
