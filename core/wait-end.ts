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
    case 'worker': {
      const before = (wait.position ?? 1) - 1;
      const asked = before === 0 ? '' : `; ${before} ${before === 1 ? 'asks' : 'ask'} the same before it`;
      return `A Worker that meets what it asks for takes it${asked}`;
    }
    case 'worker_lost':
      return `The Worker ${wait.worker} comes back, or somebody says what became of the Action`;
    case 'window':
      return 'Jobs of this run end';
    case 'jobs':
      return wait.names.length === 1 ? `The Job ${wait.names[0]} ends` : `The Jobs ${fewNames(wait.names)} end`;
    case 'outer':
      return wait.job === null ? 'The run begins' : `The Job ${wait.job} begins`;
    case 'part':
      return 'The run comes to it, which with very many Jobs is once others of it have ended';
    case 'temporal':
      return wait.given
        ? 'A control worker takes it'
        : 'Temporal answers: it is given the run again and again until then';
    case 'overlap':
      return 'The runs of the start before have ended';
    case 'paused':
      return 'Somebody has the server go on';
    case 'lock':
    case 'group':
      return turn(wait);
    default:
      return unreachable(wait);
  }
}

const mostNamed = 5;

/** All of a few names, of many the first. */
export function fewNames(names: readonly string[]): string {
  const more = names.length - mostNamed;
  const shown = more > 1 ? [...names.slice(0, mostNamed), `${more} more`] : names;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

function turn({ position = 1, holders = [] }: Extract<Wait, { kind: 'lock' | 'group' }>): string {
  const before = position - 1;
  const names = holders.map((holder) => `${holderName(holder)}${holder.stopping ? ' (being stopped)' : ''}`);
  const ends = names.length === 0 ? '' : `${names.join(', ')} ${names.length === 1 ? 'ends' : 'end'}`;
  if (before === 0) return ends === '' ? 'Its turn comes in a moment' : ends;
  if (ends !== '') return `${ends}, then the ${before === 1 ? 'one' : before} in front of it`;
  return before === 1 ? 'The one in front of it has had its turn' : `The ${before} in front of it have had their turn`;
}

function holderName({ pipeline, number, job }: WaitHolder): string {
  return `${pipeline} #${number}${job === null ? '' : ` › ${job}`}`;
}
