import type { Pool } from 'pg';

export interface ToldRun {
  id: string;
  pipeline: string;
  number: number;
}

export interface AwareRun extends ToldRun {
  looks: number;
}

/** Runs that were told that the server is paused, or found so when they looked. */
export function pausedRuns(pool: Pool) {
  return {
    /** Those that go on and were not told of this pause. */
    unaware: async (since: string, limit: number): Promise<ToldRun[]> => {
      const { rows } = await pool.query<ToldRun>(
        `select r.id, r.pipeline, r.number from runs r where r."endedAt" is null and r.submitted
         and not exists (select from paused_runs p where p."runId" = r.id and p.since = $1) order by r.id limit $2`,
        [since, limit],
      );
      return rows;
    },
    /** Those that know of a pause; one that has ended since knows nothing any more. */
    aware: async (limit: number): Promise<AwareRun[]> => {
      await pool.query(
        `delete from paused_runs p where not exists (select from runs r where r.id = p."runId" and r."endedAt" is null)`,
      );
      const { rows } = await pool.query<AwareRun>(
        `select r.id, r.pipeline, r.number, p.looks from paused_runs p join runs r on r.id = p."runId"
         order by r.id limit $1`,
        [limit],
      );
      return rows;
    },
    add: async (runId: string, since: string): Promise<void> => {
      await pool.query(
        `insert into paused_runs ("runId", since) values ($1, $2)
         on conflict ("runId") do update set since = excluded.since`,
        [runId, since],
      );
    },
    /** A run, or part of one, looks and finds a pause: it is to be told when that is over. */
    looked: async (runId: string): Promise<void> => {
      await pool.query(
        `insert into paused_runs ("runId", looks) values ($1, 1)
         on conflict ("runId") do update set looks = paused_runs.looks + 1`,
        [runId],
      );
    },
    /** It was told that the pause is over. One that looked meanwhile may have found the next. */
    remove: async ({ id, looks }: AwareRun): Promise<void> => {
      await pool.query('delete from paused_runs where "runId" = $1 and looks = $2', [id, looks]);
    },
  };
}
