import type { Pool } from 'pg';
import type { JobKey } from '../../core/keys.ts';
import { isUuid } from '../../prisma/uuid7.ts';
import { finalStatuses } from './claims.ts';
import { lostSeconds } from './roster.ts';

/** The tries of Jobs that have ended, or that a later try has followed; h is what was asked, r its run, j its Job. */
const tryIsOver = `r.status = any($4::text[]) or (j.state->>'attempt')::int > h."jobAttempt"
  or ((j.state->>'attempt')::int = h."jobAttempt" and j.status = any($4::text[]))`;

const asked = `from unnest($1::uuid[], $2::text[], $3::int[]) h("runId", "jobPath", "jobAttempt")
  left join runs r on r.id = h."runId"
  left join job_runs j on j."runId" = h."runId" and j.path = h."jobPath"
  left join claims c on c."runId" = h."runId" and c."jobPath" = h."jobPath" and c."jobAttempt" = h."jobAttempt"`;

/** Those of what a Worker holds that are not its own any more. */
export async function jobsOver(pool: Pool, held: readonly JobKey[], workerId: string): Promise<JobKey[]> {
  if (held.length === 0) return [];
  const { rows } = await pool.query<JobKey>({
    name: 'held-jobs-over',
    text: `select h."runId", h."jobPath", h."jobAttempt" ${asked}
      where r.id is null or c."workerId" <> $5 or ${tryIsOver}`,
    values: [...columns(held), finalStatuses, workerId],
  });
  return [...held.filter(({ runId }) => !isUuid(runId)), ...rows];
}

/** Those of other Workers' Jobs that nobody else will tidy up. What another server began is not ours to end. */
export async function jobsLeft(pool: Pool, strangers: readonly JobKey[]): Promise<JobKey[]> {
  if (strangers.length === 0) return [];
  const { rows } = await pool.query<JobKey>({
    name: 'strange-jobs-left',
    text: `select h."runId", h."jobPath", h."jobAttempt" ${asked}
      left join workers w on w.id = c."workerId"
      where r.id is not null and (${tryIsOver})
        and (w.id is null or w."seenAt" < now() - make_interval(secs => $5))`,
    values: [...columns(strangers), finalStatuses, lostSeconds],
  });
  return rows;
}

function columns(jobs: readonly JobKey[]): [string[], string[], number[]] {
  const known = jobs.filter(({ runId }) => isUuid(runId));
  return [
    known.map(({ runId }) => runId),
    known.map(({ jobPath }) => jobPath),
    known.map(({ jobAttempt }) => jobAttempt),
  ];
}
