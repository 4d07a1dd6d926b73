import type { Pool } from 'pg';
import { PalvellaError } from '../../core/errors.ts';
import type { ControlActivities } from '../types.ts';
import { readJobs } from './read-jobs.ts';

type KnownState = Awaited<ReturnType<ControlActivities['readState']>>;

/** The state of a run as the database has it, with what the claims of its Jobs tell beyond that. */
export async function readState(pool: Pool, runId: string): Promise<KnownState> {
  const { rows } = await pool.query<{ seq: number; startedAt: Date }>(
    `select greatest(r.seq, (select coalesce(max(j.seq), 0) from job_runs j where j."runId" = r.id)) as seq,
       coalesce(r."startedAt", r."queuedAt") as "startedAt"
     from runs r where r.id = $1`,
    [runId],
  );
  const [run] = rows;
  if (run === undefined) throw new PalvellaError('not_found', `there is no run ${runId}`);
  const claims = await pool.query<{ jobPath: string; jobAttempt: number; workerId: string; claimedAt: Date }>(
    `select distinct on ("jobPath") "jobPath", "jobAttempt", "workerId", "claimedAt" from claims
     where "runId" = $1 order by "jobPath", "jobAttempt" desc`,
    [runId],
  );
  const newest = new Map(claims.rows.map((claim) => [claim.jobPath, claim]));
  const jobs = (await readJobs(pool, runId, 'all')).map((job) => {
    const claim = newest.get(job.path);
    if (claim === undefined || claim.jobAttempt < job.attempt) return job;
    const startedAt = job.startedAt ?? claim.claimedAt.toISOString();
    return { ...job, attempt: claim.jobAttempt, worker: claim.workerId, startedAt };
  });
  return { seq: run.seq, startedAt: run.startedAt.toISOString(), jobs };
}
