import type { Pool, PoolClient } from 'pg';
import type { JsonObject } from '../../core/json.ts';
import type { Plan } from '../../core/plan.ts';
import type { JobState } from '../../core/run-state.ts';
import type { Status } from '../../core/status.ts';
import { uuid7 } from '../uuid7.ts';

export interface NewRun {
  pipeline: string;
  version: number;
  planId: string;
  parameters: JsonObject;
  trigger: JsonObject;
  startedBy: string;
  priority: number;
  retryOfId: string | null;
  idempotencyKey: string | null;
}

export interface InsertedRun
  extends Pick<NewRun, 'pipeline' | 'version' | 'planId' | 'parameters' | 'startedBy' | 'priority'> {
  id: string;
  number: number;
  status: Status;
  reason: string | null;
  retryOfId: string | null;
  queuedAt: Date;
  startedAt: Date | null;
  endedAt: Date | null;
  submitted: boolean;
  /** False where the run was there under its idempotency key. */
  isNew: boolean;
}

const columns = `id, pipeline, number, version, "planId", parameters, "startedBy", priority, status, reason, "retryOfId", "queuedAt",
  "startedAt", "endedAt", submitted`;

/** What is run by that name: its newest version and plan. */
export async function newestPlan(pool: Pool, name: string): Promise<{ version: number; planId: string } | undefined> {
  const { rows } = await pool.query<{ version: number; planId: string }>({
    name: 'newest-plan',
    text: `select d.version, v."planId" from definitions d
      join definition_versions v on v."definitionId" = d.id and v.version = d.version
      where d.kind in ('Pipeline', 'Job', 'Action') and d.name = $1 and v."planId" is not null`,
    values: [name],
  });
  return rows[0];
}

export async function runnableNames(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(
    `select name from definitions where kind in ('Pipeline', 'Job', 'Action') order by kind desc, name limit 1000`,
  );
  return rows.map(({ name }) => name);
}

export async function readPlan(pool: Pool, planId: string): Promise<Plan> {
  const { rows } = await pool.query<{ body: Plan }>('select body from plans where id = $1', [planId]);
  return rows[0]?.body as Plan;
}

/**
 * A run with the next number of its name, in one statement, which also tells whoever listens. Where there is one under
 * the same idempotency key it is that one.
 */
export async function insertRun(at: Pool | PoolClient, run: NewRun): Promise<InsertedRun> {
  const { rows } = await at.query<InsertedRun>({
    name: 'insert-run',
    text: `with there as (
        select ${columns} from runs where "idempotencyKey" = $9
      ), counter as (
        insert into run_counters (pipeline, next) select $2::text, 2 where not exists (select from there)
        on conflict (pipeline) do update set next = run_counters.next + 1
        returning next - 1 as number
      ), inserted as (
        insert into runs (id, pipeline, number, version, "planId", parameters, trigger, "startedBy", "retryOfId", "idempotencyKey", priority)
        select $1::uuid, $2, number, $3, $4, $5, $6, $7, $8, $9, $10 from counter
        on conflict ("idempotencyKey") do nothing
        returning ${columns}
      ), told as (
        select pg_notify('palvella', json_build_object('kind', 'run', 'run', id, 'pipeline', pipeline)::text) from inserted
      )
      select inserted.*, true as "isNew" from inserted, told
      union all select there.*, false from there`,
    values: [
      uuid7(),
      run.pipeline,
      run.version,
      run.planId,
      JSON.stringify(run.parameters),
      JSON.stringify(run.trigger),
      run.startedBy,
      run.retryOfId,
      run.idempotencyKey,
      run.priority,
    ],
  });
  const [first] = rows;
  if (first !== undefined) return first;
  // Another request with the same key came in between.
  const { rows: there } = await at.query<InsertedRun>(
    `select ${columns}, false as "isNew" from runs where "idempotencyKey" = $1`,
    [run.idempotencyKey],
  );
  return there[0] as InsertedRun;
}

export async function markSubmitted(pool: Pool, id: string): Promise<void> {
  await pool.query({ name: 'mark-submitted', text: 'update runs set submitted = true where id = $1', values: [id] });
}

/** A run that can never be given to Temporal. */
export async function endUnstarted(pool: Pool, id: string, reason: string): Promise<void> {
  await pool.query(
    `with ended as (
       update runs set status = 'errored', reason = $2, "endedAt" = now()
       where id = $1 and "endedAt" is null returning id, pipeline
     )
     select pg_notify('palvella', json_build_object('kind', 'run', 'run', id, 'pipeline', pipeline)::text) from ended`,
    [id, reason],
  );
}

/** Open runs that Temporal has not been given, or of which we do not know that it was. */
export async function unsubmitted(
  pool: Pool,
  olderThanSeconds: number,
  limit: number,
): Promise<Pick<InsertedRun, 'id' | 'pipeline' | 'number' | 'priority'>[]> {
  const { rows } = await pool.query<Pick<InsertedRun, 'id' | 'pipeline' | 'number' | 'priority'>>(
    `select id, pipeline, number, priority from runs
     where not submitted and status in ('queued', 'running', 'waiting') and "queuedAt" < now() - make_interval(secs => $1)
     order by id limit $2`,
    [olderThanSeconds, limit],
  );
  return rows;
}

/** Jobs that a run takes over from the one that it retries, with what their Actions were and the files they stored. */
export async function insertInherited(
  client: PoolClient,
  run: { id: string; retryOfId: string },
  jobs: readonly JobState[],
): Promise<void> {
  const paths = jobs.map(({ path }) => path);
  await client.query(
    `insert into job_runs ("runId", path, position, status, seq, state)
     select $1, path, position, status, 0, state || '{"inherited": true, "wait": null}' from job_runs
     where "runId" = $2 and path = any($3)`,
    [run.id, run.retryOfId, paths],
  );
  await client.query(
    `insert into action_runs ("runId", "jobPath", name, position, "jobAttempt", attempt, status, state)
     select $1, "jobPath", name, position, "jobAttempt", attempt, status, state from action_runs
     where "runId" = $2 and "jobPath" = any($3)`,
    [run.id, run.retryOfId, paths],
  );
  await client.query(
    `insert into stored_files ("runId", key, "jobPath", size, sha256, blob, "storedAt")
     select $1, key, "jobPath", size, sha256, blob, "storedAt" from stored_files
     where "runId" = $2 and "jobPath" = any($3)`,
    [run.id, run.retryOfId, paths],
  );
}
