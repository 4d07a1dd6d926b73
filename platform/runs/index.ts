import type { UsedVersion } from '../../core/api/definitions.ts';
import type { ForkPlan, Relatives } from '../../core/api/forks.ts';
import type { RunDetail, RunSummary } from '../../core/api/objects.ts';
import { PalvellaError } from '../../core/errors.ts';
import { isFinal } from '../../core/status.ts';
import type { Database } from '../../prisma/database.ts';
import { readRelatives } from '../../prisma/repositories/relatives.ts';
import { type RunFilter, type RunKey, runRepository } from '../../prisma/repositories/runs.ts';
import { readUses } from '../../prisma/repositories/uses.ts';
import { isUuid } from '../../prisma/uuid7.ts';
import { isWrittenTime, readCursor } from '../cursor.ts';
import type { Files } from '../files/index.ts';
import { createHoldLines } from '../holds/lines.ts';
import { createPause } from '../pause/index.ts';
import { readAskedRoles } from './asked-roles.ts';
import { createFork, type ForkRun, type PlanFork } from './fork.ts';
import { createRetry, type RetryRun } from './retry.ts';
import { createStart, createStarter, type StartRun } from './start.ts';
import { createSubmit, type Warn } from './submit.ts';
import { createTry, type TryRun } from './try.ts';
import { type RunEvents, waitForEnd } from './wait.ts';
import { createRunWaits } from './waits.ts';
import { readWorkerLine } from './worker-line.ts';
import { withWorkers } from './worker-waits.ts';
import type { RunWorkflows } from './workflows.ts';

export { createRunWorkflows, type RunWorkflows } from './workflows.ts';

export interface Runs {
  /** Once for each idempotency key. */
  start(start: StartRun): Promise<RunSummary>;
  /** A new run of the same plan and parameters, which takes over what need not be done again. */
  retry(retry: RetryRun): Promise<RunSummary>;
  /** A new run that goes on from a Job of an ended one, with other parameters or the newest version of its Pipeline. */
  fork(fork: ForkRun): Promise<RunSummary>;
  /** What that would do. */
  planFork(fork: PlanFork): Promise<ForkPlan>;
  /** Of what is not saved. */
  try(tried: TryRun): Promise<RunSummary>;
  /** Gives Temporal the runs that it should have and, after a crash, may not; how many it took. */
  submitPending(): Promise<number>;
  /** By id or `pipeline/number`, here and below. */
  find(run: string): Promise<RunKey>;
  get(run: string): Promise<RunDetail>;
  relatives(run: string): Promise<Relatives>;
  /** Versions of the library that it executes, by kind and name. */
  uses(run: string): Promise<UsedVersion[]>;
  summaries(ids: readonly string[]): Promise<RunSummary[]>;
  newestOf(pipelines: readonly string[], count: number): Promise<Map<string, RunSummary[]>>;
  /** Names of those who started runs, in their order. */
  starters(limit: number): Promise<string[]>;
  list(filter: Omit<RunFilter, 'after'> & { cursor?: string | undefined }): Promise<{
    items: RunSummary[];
    next: string | null;
  }>;
  /** When it has ended, or after so long as it is then. */
  wait(run: string, options: { timeoutMs: number; signal?: AbortSignal }): Promise<RunDetail>;
  stop(run: string, by: string): Promise<void>;
  /** What becomes of a Job whose Worker was lost. */
  resolve(run: string, lost: { job: string; decision: 'repeat' | 'done' | 'fail'; by: string }): Promise<void>;
}

export function createRuns(deps: {
  db: Pick<Database, 'pool'>;
  workflows: RunWorkflows;
  /** Address that people open, for links to runs. */
  url: string;
  events: RunEvents;
  files: Pick<Files, 'lost'>;
  warn?: Warn;
}): Runs {
  const { pool } = deps.db;
  const { workflows } = deps;
  const runs = runRepository(pool, deps.url);
  const waits = createRunWaits({
    lines: createHoldLines({ pool }),
    pause: createPause({ pool, workflows }).read,
    roles: (told) => readAskedRoles(pool, told),
    workers: (runIds) => readWorkerLine(pool, runIds),
  });
  const summaries: Runs['summaries'] = async (ids) => await waits.ofSummaries(await runs.summaries(ids));
  const told = async (id: string) => waits.ofDetail(await withWorkers(pool, await runs.detail(id)));
  const submit = createSubmit({ pool, workflows, warn: deps.warn ?? (() => {}) });
  const made = { pool, submit: submit.one, runs: { ...runs, summaries } };
  const forks = createFork({ ...made, files: deps.files });

  async function openRun(run: string): Promise<RunKey> {
    const found = await runs.find(run);
    if (!isFinal(found.status)) return found;
    throw new PalvellaError(
      'conflict',
      `The run ${found.pipeline}/${found.number} has ended already: ${found.status}.`,
    );
  }

  return {
    start: createStart({ starter: createStarter(made), url: deps.url, runs: made.runs }),
    retry: createRetry(made),
    try: createTry(made),
    fork: forks.fork,
    planFork: forks.plan,
    submitPending: submit.pending,
    find: runs.find,
    relatives: async (run) => readRelatives(pool, (await runs.find(run)).id),
    uses: async (run) => readUses(pool, (await runs.find(run)).id),
    get: async (run) => await told((await runs.find(run)).id),
    summaries,
    newestOf: async (pipelines, count) => {
      const newest = await runs.newestOf(pipelines, count);
      return Map.groupBy(await waits.ofSummaries([...newest.values()].flat()), ({ pipeline }) => pipeline);
    },
    starters: runs.starters,

    list: async ({ cursor, limit, ...filter }) => {
      const after = readCursor(cursor, placeOf);
      const found = await runs.list({ ...filter, after, limit: limit + 1 });
      const items = await waits.ofSummaries(found.slice(0, limit));
      const last = items.at(-1);
      return { items, next: found.length > limit && last !== undefined ? writeCursor(last) : null };
    },

    wait: async (run, options) => {
      const { id } = await runs.find(run);
      await waitForEnd({ pool, events: deps.events }, id, options);
      return await told(id);
    },

    stop: async (run, by) => {
      const found = await openRun(run);
      if (await workflows.signal(found, 'stop', { by })) return;
      if (found.submitted) {
        throw new PalvellaError('conflict', 'Temporal no longer knows this run; its state follows in a moment.');
      }
      await workflows.startStopped(found, by);
    },

    resolve: async (run, lost) => {
      const found = await openRun(run);
      const { jobs } = await runs.detail(found.id);
      const job = jobs.find(({ path }) => path === lost.job);
      if (job === undefined) throw new PalvellaError('not_found', `The run has no Job ${lost.job}.`);
      if (job.wait?.kind !== 'worker_lost') {
        throw new PalvellaError('conflict', `The Job ${lost.job} does not wait for a lost Worker.`);
      }
      const { action } = job.wait;
      await workflows.signal(found, 'resolveLost', { ...lost, action, attempt: job.attempt });
    },
  };
}

function writeCursor({ queuedAt, id }: RunSummary): string {
  return Buffer.from(JSON.stringify([queuedAt, id])).toString('base64url');
}

function placeOf(cursor: string): { at: string; id: string } | undefined {
  const text = Buffer.from(cursor, 'base64url').toString();
  const [, at, id] = /^\["(.{24})","(.{36})"\]$/.exec(text) ?? [];
  return at !== undefined && id !== undefined && isWrittenTime(at) && isUuid(id) ? { at, id } : undefined;
}
