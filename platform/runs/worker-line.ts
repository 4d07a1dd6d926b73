import type { Pool } from 'pg';

/** Where Jobs stand for a Worker, by `id path`; under the id alone the first of the run's. */
export type WorkerLine = ReadonlyMap<string, number>;

/**
 * Temporal tells nobody who is next. What it goes by is known: the priority, then who asked first; that it lets Pipelines
 * of one priority take turns is not counted in, as nobody outside knows whose turn it is.
 */
export async function readWorkerLine(pool: Pool, runIds: readonly string[]): Promise<WorkerLine> {
  const { rows } = await pool.query<{ runId: string; path: string; position: number }>({
    name: 'worker-line',
    text: `select "runId", path, position from (
        select r.id as "runId", j.path, j.position as place, row_number() over (
          partition by j.state->'wait'->>'engine', j.state->'wait'->'requires'
          order by r.priority, coalesce(j.state->'tries'->-1->>'nextAt', j.state->>'startedAt'), r."queuedAt", r.id, j.position
        )::int as position
        from runs r join job_runs j on j."runId" = r.id
        where r.status in ('queued', 'running', 'waiting') and j.status = 'queued' and j.state->'wait'->>'kind' = 'worker'
      ) line where "runId" = any($1) order by place`,
    values: [runIds],
  });
  const line = new Map(rows.map(({ runId, path, position }) => [`${runId} ${path}`, position]));
  for (const { runId, position } of rows) if (!line.has(runId)) line.set(runId, position);
  return line;
}
