import type { Transition } from '../../core/run-state.ts';
import type { RunStates, Writer } from './index.ts';

const againMs = 1_000;

interface Change {
  transition: Transition;
  writer: Writer;
  whole: boolean;
}

/**
 * Writes what workflows publish, each run's changes in their order and those that come meanwhile as one. While the
 * database is away they are held: of each run, the newest state of each Job.
 */
export interface Publisher {
  publish(transition: Transition, writer: Writer): void;
  /** Resolves when all that was published is written. */
  flush(): Promise<void>;
}

export function createPublisher(
  states: Pick<RunStates, 'applyTransition'>,
  warn: (message: string, error: unknown) => void,
): Publisher {
  const waiting = new Map<string, Change>();
  const writing = new Map<string, Promise<void>>();

  async function write(key: string): Promise<void> {
    for (let next = waiting.get(key); next !== undefined; next = waiting.get(key)) {
      waiting.delete(key);
      try {
        await states.applyTransition(next.transition, next.writer, next.whole);
      } catch (error) {
        warn(`the state of the run ${next.transition.runId} could not be written`, error);
        waiting.set(key, merged(next, waiting.get(key)));
        await new Promise((resolve) => setTimeout(resolve, againMs));
      }
    }
    writing.delete(key);
  }

  return {
    publish(transition, writer) {
      const key = `${transition.runId} ${writer}`;
      const change = { transition, writer, whole: writer === 'run' && transition.seq === 1 };
      const before = waiting.get(key);
      waiting.set(key, before === undefined ? change : merged(before, change));
      if (!writing.has(key)) writing.set(key, write(key));
    },
    async flush() {
      await Promise.all(writing.values());
    },
  };
}

function merged(older: Change, newer: Change | undefined): Change {
  if (newer === undefined) return older;
  const jobs = new Map(older.transition.jobs.map((job) => [job.path, job]));
  for (const job of newer.transition.jobs) jobs.set(job.path, job);
  return { ...newer, transition: { ...newer.transition, jobs: [...jobs.values()] }, whole: older.whole || newer.whole };
}
