import { unreachable } from './errors.ts';
import type { Wait, WaitHolder } from './run-state.ts';
import { toSecond } from './to-second.ts';

/** What would end a wait, a sentence without a full stop. Times are those of the wait, ISO 8601 in UTC. */
export function waitEnd(wait: Wait): string {
  switch (wait.kind) {
    case 'approval': {
      const by = wait.roles.length === 0 ? 'Somebody' : `Somebody of the role ${wait.roles.join(' or ')}`;
      const until = wait.expiresAt === undefined ? '' : `; at ${toSecond(wait.expiresAt)} it counts as rejected`;
      return `${by} approves or rejects${until}`;
    }
    case 'trigger': {
      const until = wait.until === undefined ? '' : `; at ${toSecond(wait.until)} it has timed out`;
      return `The Trigger ${wait.trigger} is sent something${until}`;
    }
    case 'timer':
      return `It is ${toSecond(wait.until)}`;
    case 'retry':
      return `Try ${wait.attempt} begins at ${toSecond(wait.until)}`;
    case 'worker':
      return 'A Worker that meets what it asks for takes it';
    case 'worker_lost':
      return `The Worker ${wait.worker} comes back, or somebody says what became of the Action`;
    case 'window':
      return 'Jobs of this run end';
    case 'paused':
      return 'Somebody has the server go on';
    case 'lock':
    case 'group':
      return turn(wait);
    default:
      return unreachable(wait);
  }
}

function turn({ position = 1, holders = [] }: Extract<Wait, { kind: 'lock' | 'group' }>): string {
  const before = position - 1;
  const names = holders.map(holderName);
  const ends = names.length === 0 ? '' : `${names.join(', ')} ${names.length === 1 ? 'ends' : 'end'}`;
  if (before === 0) return ends === '' ? 'Its turn comes in a moment' : ends;
  if (ends !== '') return `${ends}, then the ${before === 1 ? 'one' : before} in front of it`;
  return before === 1 ? 'The one in front of it has had its turn' : `The ${before} in front of it have had their turn`;
}

function holderName({ pipeline, number, job }: WaitHolder): string {
  return `${pipeline} #${number}${job === null ? '' : ` › ${job}`}`;
}
