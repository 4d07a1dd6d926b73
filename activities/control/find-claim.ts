import type { Pool } from 'pg';
import type { ActionKey } from '../../core/keys.ts';
import { lostSeconds } from '../../platform/workers/roster.ts';
import type { Claim } from '../types.ts';

export async function findClaim(pool: Pool, key: ActionKey): Promise<Claim> {
  const { runId, jobPath, jobAttempt, action, attempt } = key;
  const { rows } = await pool.query<NonNullable<Claim>>(
    `select c."workerId",
       coalesce(not w.stopping and w."seenAt" > now() - make_interval(secs => $6), false) as alive,
       exists (select 1 from action_runs a where a."runId" = c."runId" and a."jobPath" = c."jobPath" and a.name = $4
         and a."jobAttempt" = c."jobAttempt" and a.attempt = $5 and a.status <> 'queued') as started
     from claims c left join workers w on w.id = c."workerId"
     where c."runId" = $1 and c."jobPath" = $2 and c."jobAttempt" = $3`,
    [runId, jobPath, jobAttempt, action, attempt, lostSeconds],
  );
  return rows[0] ?? null;
}
