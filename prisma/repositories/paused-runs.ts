import type { Pool } from 'pg';

export interface ToldRun {
  id: string;
  pipeline: string;
  number: number;
}

/** Runs that were told that the server is paused. */
export function pausedRuns(pool: Pool) {
  const read = async (text: string, limit: number): Promise<ToldRun[]> =>
    (await pool.query<ToldRun>(text, [limit])).rows;

  return {
    /** Those that go on and do not know. */
    unaware: (limit: number) =>
      read(
        `select r.id, r.pipeline, r.number from runs r where r."endedAt" is null and r.submitted
         and not exists (select from paused_runs p where p."runId" = r.id) order by r.id limit $1`,
        limit,
      ),
    /** Those that know; one that has ended since knows nothing any more. */
    aware: async (limit: number) => {
      await pool.query(
        `delete from paused_runs p where not exists (select from runs r where r.id = p."runId" and r."endedAt" is null)`,
      );
      return await read(
        `select r.id, r.pipeline, r.number from paused_runs p join runs r on r.id = p."runId" order by r.id limit $1`,
        limit,
      );
    },
    add: async (runId: string) => {
      await pool.query('insert into paused_runs ("runId") values ($1) on conflict do nothing', [runId]);
    },
    remove: async (runId: string) => {
      await pool.query('delete from paused_runs where "runId" = $1', [runId]);
    },
  };
}
