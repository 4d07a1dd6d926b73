import { setTimeout as sleep } from 'node:timers/promises';
import type { JobChange, RunState, Transition } from '../../core/run-state.ts';
import type { RunStates, Writer } from './index.ts';

const againMs = 1_000;
/** How long changes gather: those of one turn come together, and where the run ends in that turn its end holds them all. */
const gatherMs = 5;
/** A run that changes all the time is written so often; people see no difference, the database does. */
const paceMs = 100;

interface Change {
  transition: Transition;
  writer: Writer;
  whole: boolean;
}

/** The workflow that tells. */
interface Teller {
  workflowId: string;
  writer: Writer;
}

/**
 * Writes what workflows publish, each one's changes in their order and those that come meanwhile as one: each part of a
 * run counts by itself, so their changes keep their own numbers. While the database is away they are held: of each
 * workflow, the newest state of each Job.
 */
export interface Publisher {
  publish(transition: Transition, from: Teller): void;
  /** Writes the end of a run, and with it what was published of the run before. */
  close(state: RunState): Promise<void>;
  /** Resolves when all that was published is written. */
  flush(): Promise<void>;
}

export function createPublisher(
  states: Pick<RunStates, 'applyTransition' | 'close'>,
  warn: (message: string, error: unknown) => void,
): Publisher {
  /** By workflow. */
  const waiting = new Map<string, Change>();
  const writing = new Map<string, Promise<void>>();

  async function write(key: string): Promise<void> {
    await sleep(gatherMs);
    for (let next = waiting.get(key); next !== undefined; next = waiting.get(key)) {
      waiting.delete(key);
      try {
        await states.applyTransition(next.transition, next.writer, next.whole);
        await sleep(paceMs);
      } catch (error) {
        warn(`the state of the run ${next.transition.runId} could not be written`, error);
        waiting.set(key, merged(next, waiting.get(key)));
        await sleep(againMs);
      }
    }
    writing.delete(key);
  }

  return {
    publish(transition, { workflowId: key, writer }) {
      const change = { transition, writer, whole: writer === 'run' && transition.seq === 1 };
      const before = waiting.get(key);
      waiting.set(key, before === undefined ? change : merged(before, change));
      if (!writing.has(key)) writing.set(key, write(key));
    },
    async close(state) {
      for (const [key, { transition }] of waiting) if (transition.runId === state.runId) waiting.delete(key);
      await states.close(state);
    },
    async flush() {
      await Promise.all(writing.values());
    },
  };
}

function merged(older: Change, newer: Change | undefined): Change {
  if (newer === undefined) return older;
  const jobs = new Map(older.transition.jobs.map((job) => [job.path, job]));
  for (const job of newer.transition.jobs) jobs.set(job.path, withActions(jobs.get(job.path), job));
  return { ...newer, transition: { ...newer.transition, jobs: [...jobs.values()] }, whole: older.whole || newer.whole };
}

function withActions(older: JobChange | undefined, newer: JobChange): JobChange {
  if (older === undefined || older.actions.length === 0) return newer;
  const actions = new Map([...older.actions, ...newer.actions].map((action) => [action.position, action]));
  return { ...newer, actions: [...actions.values()] };
}
