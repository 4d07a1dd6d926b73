import { unreachable } from '../../../core/errors.ts';
import type { Wait, WaitHolder } from '../../../core/run-state.ts';
import { fewNames } from '../../../core/wait-end.ts';
import { tickingText } from '../time/duration-text.ts';
import { exactText } from '../time/exact-text.ts';

/** Why it does not go on. */
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
      if (wait.search !== undefined && wait.search.found !== 'soon')
        return `Waits for a Worker${place(wait)}: ${wait.search.text}`;
      return `Waits for a Worker with engine ${wait.engine}${labels(wait.requires)}${place(wait)}`;
    case 'worker_lost':
      return `Worker ${wait.worker} was lost while “${wait.action}” ran`;
    case 'window':
      return `Waits in line${place(wait)}`;
    case 'jobs':
      return `Waits for ${wait.names.length === 1 ? 'the Job' : 'the Jobs'} ${fewNames(wait.names)}`;
    case 'outer':
      return `Waits for ${wait.job === null ? 'the run' : `the Job ${wait.job}`} to begin`;
    case 'part':
      return 'Waits for the run to come to it';
    case 'temporal':
      return wait.given ? 'Waits for a control worker' : 'Waits for Temporal to take it';
    case 'overlap':
      return `${wait.starts === 1 ? '1 start waits' : `${wait.starts} starts wait`} for an earlier one to end`;
    case 'paused':
      return `Waits, as the server is paused${wait.note ? `: ${wait.note}` : ''}`;
    case 'lock':
      return `Waits for ${wait.names.length === 1 ? 'the lock' : 'the locks'} ${fewNames(wait.names)}${line(wait)}`;
    case 'group':
      return `Waits for a place in the group ${wait.group}${line(wait)}`;
    default:
      return unreachable(wait);
  }
}

const moment = /\d{4}-\d\d-\d\dT[\d:.]+Z/g;

/** What would end it, at the reader's own times; nothing where that is not told. */
export function endText({ endsWhen }: Pick<Wait, 'endsWhen'>): string {
  return endsWhen === undefined ? '' : `Goes on when: ${endsWhen.replace(moment, (at) => exactText(Date.parse(at)))}`;
}

/** Whether its text changes by the clock alone. */
export function ticks(wait: Wait): boolean {
  return 'until' in wait;
}

function left(until: string, now: number): string {
  return tickingText(Date.parse(until) - now);
}

function labels(requires: Record<string, string>): string {
  const pairs = Object.entries(requires).map(([name, value]) => `${name}=${value}`);
  return pairs.length === 0 ? '' : ` and ${pairs.length === 1 ? 'label' : 'labels'} ${pairs.join(', ')}`;
}

function place({ position }: { position?: number | undefined }): string {
  return position === undefined ? '' : `, position ${position}`;
}

function line({ position, holders = [] }: Extract<Wait, { kind: 'lock' | 'group' }>): string {
  const at = place({ position });
  return holders.length === 0
    ? at
    : `${at}; ${fewNames(holders.map(holderName))} ${holders.length === 1 ? 'has' : 'have'} it`;
}

export function holderName({ pipeline, number, job }: Pick<WaitHolder, 'pipeline' | 'number' | 'job'>): string {
  return `${pipeline} #${number}${job === null ? '' : ` › ${job}`}`;
}

export function orList(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} or ${words[words.length - 1]}`;
}
