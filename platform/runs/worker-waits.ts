import type { Pool } from 'pg';
import type { RunDetail } from '../../core/api/objects.ts';
import type { JobState, Wait } from '../../core/run-state.ts';
import { isFinal } from '../../core/status.ts';
import { toSecond } from '../../core/to-second.ts';
import { searchWorkers, type WorkerSearch } from '../../core/worker-search.ts';
import { type KnownWorker, knownWorkers } from '../workers/roster.ts';

/**
 * Says of a run's Jobs what no history holds, as it changes without the run: which requirement no Worker meets, and that
 * the Worker which has a Job is not heard of.
 */
export async function withWorkers(pool: Pool, run: RunDetail): Promise<RunDetail> {
  const waits = run.jobs.some(({ wait }) => wait?.kind === 'worker');
  const runs = run.jobs.some(({ status, actions }) => status === 'running' && actions.length > 0);
  if (isFinal(run.status) || !(waits || runs)) return run;
  const workers = await knownWorkers(pool);
  const away = new Map(workers.filter(({ state }) => state !== 'alive').map((worker) => [worker.id, worker]));
  const holders = away.size > 0 && runs ? await holdersOf(pool, run.id) : new Map<string, string>();
  const searches = new Map<string, WorkerSearch>();

  function search(wait: Extract<Wait, { kind: 'worker' }>): WorkerSearch {
    const key = JSON.stringify([wait.engine, wait.requires]);
    const found = searches.get(key) ?? searchWorkers(wait, workers);
    searches.set(key, found);
    return found;
  }

  function seen(job: JobState): JobState {
    if (job.wait?.kind === 'worker') return { ...job, wait: { ...job.wait, search: search(job.wait) } };
    const worker = job.status === 'running' ? away.get(holders.get(`${job.path}#${job.attempt}`) ?? '') : undefined;
    return worker === undefined ? job : { ...job, reason: silence(worker) };
  }

  return { ...run, jobs: run.jobs.map(seen) };
}

function silence({ host, id, state, seenAt }: KnownWorker): string {
  const what = state === 'stopped' ? 'was stopped' : `was last heard of at ${toSecond(seenAt)}`;
  return `Its Worker ${id} on ${host} ${what}; it goes on when that Worker is back`;
}

/** Ids of the Workers that have the Jobs, by path and try. */
async function holdersOf(pool: Pool, runId: string): Promise<Map<string, string>> {
  const { rows } = await pool.query<{ job: string; workerId: string }>({
    name: 'holders',
    text: `select "jobPath" || '#' || "jobAttempt" as job, "workerId" from claims where "runId" = $1`,
    values: [runId],
  });
  return new Map(rows.map(({ job, workerId }) => [job, workerId]));
}
