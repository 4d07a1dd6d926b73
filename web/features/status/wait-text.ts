import { unreachable } from '../../../core/errors.ts';
import type { Wait, WaitHolder } from '../../../core/run-state.ts';
import { fewNames } from '../../../core/wait-end.ts';
import { isUnserved, placeText, plainWaitText } from '../../../core/wait-text.ts';
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
      if (isUnserved(wait)) return `Waits for a Worker${placeText(wait)}: ${wait.search.text}`;
      return `Waits for a Worker with engine ${wait.engine}${labels(wait.requires)}${placeText(wait)}`;
    case 'worker_lost':
      return `Worker ${wait.worker} was lost while “${wait.action}” ran`;
    case 'window':
      return `Waits in line${placeText(wait)}`;
    case 'jobs':
    case 'outer':
    case 'part':
    case 'temporal':
    case 'overlap':
      return plainWaitText(wait);
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

function line({ position, holders = [] }: Extract<Wait, { kind: 'lock' | 'group' }>): string {
  const at = placeText({ position });
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
