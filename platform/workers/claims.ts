import type { Pool } from 'pg';
import { PalvellaError } from '../../core/errors.ts';
import { type JobKey, jobKeyText } from '../../core/keys.ts';
import { isFinal, statuses } from '../../core/status.ts';
import { isUuid } from '../../prisma/uuid7.ts';
import { createPlannedJobs, isItem } from './planned-jobs.ts';

export const finalStatuses = statuses.filter(isFinal);

export interface Claims {
  /**
   * Gives the Job to the Worker where the run has it and nobody else does, and answers with whose it is. A Worker may
   * claim again what it has, also when the run has ended: it still has to hand in its log. Undefined where nobody has it
   * and the Worker takes no new Job. What the plan does not tell, as items and later tries, the run must have told of:
   * `unavailable` until it has.
   */
  claim(job: JobKey, worker: { id: string; owner: string }): Promise<string | undefined>;
  /** Whether the Worker has the Job and the run still goes on. */
  holds(job: JobKey, workerId: string): Promise<boolean>;
}

export function createClaims({ pool }: { pool: Pool }): Claims {
  const isPlanned = createPlannedJobs(pool);

  async function holderOf({ runId, jobPath, jobAttempt }: JobKey): Promise<string | undefined> {
    const { rows } = await pool.query<{ workerId: string }>({
      name: 'read-claim',
      text: 'select "workerId" from claims where "runId" = $1 and "jobPath" = $2 and "jobAttempt" = $3',
      values: [runId, jobPath, jobAttempt],
    });
    return rows[0]?.workerId;
  }

  return {
    async claim(job, worker) {
      if (!isUuid(job.runId)) throw noRun(job);
      const columns = [job.runId, job.jobPath, job.jobAttempt];
      const { rows } = await pool.query<Found>({
        name: 'claim-job',
        text: `with run as (select id, "planId", status <> all($6::text[]) as open from runs where id = $1),
          begun as (
            select $7 or exists (select from job_runs where "runId" = $1 and path = $2
                and ($3::int = 1 or (state->>'attempt')::int >= $3::int))
              or exists (select from claims where "runId" = $1 and "jobPath" = $2 and "jobAttempt" = $3::int - 1
                and "workerId" = $4) as known
          ),
          worker as (select id, draining from workers where id = $4 and owner = $5),
          claimed as (
            insert into claims ("runId", "jobPath", "jobAttempt", "workerId")
            select run.id, $2, $3, worker.id from run, worker, begun
            where run.open and not worker.draining and begun.known
            on conflict do nothing returning 1
          )
          select (select "planId" from run) as "planId", coalesce((select open from run), false) as open, exists (select from worker) as mine,
            exists (select from worker where draining) as draining,
            exists (select from claimed) as claimed`,
        values: [...columns, worker.id, worker.owner, finalStatuses, job.jobAttempt === 1 && !isItem(job.jobPath)],
      });
      const [found] = rows;
      if (found?.claimed) {
        if (found.planId !== null && (await isPlanned(found.planId, job.jobPath))) return worker.id;
        const drop = 'delete from claims where "runId" = $1 and "jobPath" = $2 and "jobAttempt" = $3';
        await pool.query(drop, columns);
        throw noJob(job);
      }
      if (!found?.mine) {
        throw new PalvellaError('forbidden', `${worker.owner} has not said hello as the Worker ${worker.id}.`);
      }
      const holder = await holderOf(job);
      if (holder !== undefined) return holder;
      if (found.draining) return undefined;
      if (found.planId === null) throw noRun(job);
      if (!found.open) throw new PalvellaError('conflict', 'The run has ended, so nothing more of it is begun.');
      if (!(await isPlanned(found.planId, job.jobPath))) throw noJob(job);
      throw new PalvellaError('unavailable', `The run has not told yet that it began ${jobKeyText(job)}.`);
    },

    async holds({ runId, jobPath, jobAttempt }, workerId) {
      const { rows } = await pool.query({
        name: 'holds-claim',
        text: `select from claims c join runs r on r.id = c."runId"
          where c."runId" = $1 and c."jobPath" = $2 and c."jobAttempt" = $3 and c."workerId" = $4 and r.status <> all($5::text[])`,
        values: [runId, jobPath, jobAttempt, workerId, finalStatuses],
      });
      return rows.length > 0;
    },
  };
}

interface Found {
  planId: string | null;
  open: boolean;
  mine: boolean;
  draining: boolean;
  claimed: boolean;
}

function noJob({ jobPath }: JobKey): PalvellaError {
  return new PalvellaError('not_found', `The run has no Job ${jobPath}.`);
}

function noRun({ runId }: JobKey): PalvellaError {
  return new PalvellaError('not_found', `There is no run ${runId}.`);
}
