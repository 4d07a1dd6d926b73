import { setTimeout as sleep } from 'node:timers/promises';
import { type JobKey, jobKeyText } from '../../core/keys.ts';

/** Jobs that something is there for: of this Worker's, and of others'. */
export interface Found {
  own: JobKey[];
  strange: JobKey[];
}

/** How often it is looked: a Worker asks with each heartbeat. */
const lookMs = 30_000;
/** How long one look may take, as the heartbeat waits for it. */
const answerMs = 5_000;

/** Gathers what was found, each Job once. */
export function createFound(): { add(job: JobKey, own: boolean): void; readonly all: Found } {
  const own = new Map<string, JobKey>();
  const strange = new Map<string, JobKey>();
  return {
    add: (job, isOwn) => void (isOwn ? own : strange).set(jobKeyText(job), job),
    get all() {
      return { own: [...own.values()], strange: [...strange.values()] };
    },
  };
}

/** Looks now and then for what carries our labels, and remembers it meanwhile. */
export interface Lookout {
  /** Nothing where the other side is away. */
  found(): Promise<Found>;
  /** It was removed. */
  forget(job: JobKey): void;
}

export function createLookout(look: () => Promise<Found>): Lookout {
  let lookedAt = Number.NEGATIVE_INFINITY;
  let last: Found = { own: [], strange: [] };

  return {
    async found() {
      if (performance.now() - lookedAt > lookMs) {
        lookedAt = performance.now();
        const nothing: Found = { own: [], strange: [] };
        const late = new AbortController();
        const answer = sleep(answerMs, nothing, { signal: late.signal });
        last = await Promise.race([look(), answer]).catch(() => nothing);
        answer.catch(() => undefined);
        late.abort();
      }
      return last;
    },
    forget(job) {
      const others = (one: JobKey) => jobKeyText(one) !== jobKeyText(job);
      last = { own: last.own.filter(others), strange: last.strange.filter(others) };
    },
  };
}
