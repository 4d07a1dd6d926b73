import type { Pool, PoolClient } from 'pg';
import type { UsedVersion } from '../../core/api/definitions.ts';
import type { JsonObject } from '../../core/json.ts';
import type { Plan } from '../../core/plan.ts';
import type { Status } from '../../core/status.ts';
import { uuid7 } from '../uuid7.ts';
import { newestVersions, presentName, runnables } from './definitions.ts';

export interface NewRun {
  pipeline: string;
  version: number;
  planId: string;
  parameters: JsonObject;
  /** Names of those that nobody is shown. */
  secretParameters: readonly string[];
  trigger: JsonObject;
  startedBy: string;
  priority: number;
  /** The run that it takes over from, by what, and the Job that it goes on from; absent: none. */
  from?: Origin | undefined;
  idempotencyKey: string | null;
  /** What else of the library its plan was made of. */
  uses: readonly UsedVersion[];
}

type Origin = { kind: 'retry' | 'fork'; id: string; job: string | null };

export interface InsertedRun
  extends Pick<
    NewRun,
    'pipeline' | 'version' | 'planId' | 'parameters' | 'secretParameters' | 'startedBy' | 'priority'
  > {
  id: string;
  number: number;
  status: Status;
  reason: string | null;
  retryOfId: string | null;
  forkOfId: string | null;
  forkFrom: string | null;
  queuedAt: Date;
  startedAt: Date | null;
  endedAt: Date | null;
  submitted: boolean;
  /** False where the run was there under its idempotency key. */
  isNew: boolean;
}

const columns = `id, pipeline, number, version, "planId", parameters, "secretParameters", "startedBy", priority, status, reason,
  "retryOfId", "forkOfId", "forkFrom", "queuedAt", "startedAt", "endedAt", submitted`;

interface NewestPlan {
  /** Another than was asked for where it was renamed. */
  name: string;
  version: number;
  planId: string;
  uses: UsedVersion[];
}

/** What is run by that name, or was before it was renamed: its newest version and plan. */
export async function newestPlan(pool: Pool, name: string): Promise<NewestPlan | undefined> {
  const found = await planNamed(pool, name);
  if (found !== undefined) return found;
  const present = await presentNameOf(pool, name);
  return present === name ? undefined : planNamed(pool, present);
}

async function planNamed(pool: Pool, name: string): Promise<NewestPlan | undefined> {
  const { rows } = await pool.query<NewestPlan>({
    name: 'newest-plan',
    text: `select d.name, d.version, v."planId", v.uses from ${newestVersions}
      where d.kind in ${runnables} and d.name = $1 and v."planId" is not null`,
    values: [name],
  });
  return rows[0];
}

/** What a run's Pipeline is called now; the name that it ran under where that is gone. */
export async function presentNameOf(at: Pool | PoolClient, pipeline: string): Promise<string> {
  const { rows } = await at.query<{ name: string }>(`select coalesce(${presentName('$1::text')}, $1) as name`, [
    pipeline,
  ]);
  return rows[0]?.name ?? pipeline;
}

export async function runnableNames(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(
    `select name from definitions where kind in ${runnables} order by kind desc, name limit 1000`,
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
        insert into runs (id, pipeline, number, version, "planId", parameters, trigger, "startedBy", "retryOfId", "idempotencyKey",
          priority, "forkOfId", "forkFrom", "secretParameters", uses)
        select $1::uuid, $2, number, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14 from counter
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
      run.from?.kind === 'retry' ? run.from.id : null,
      run.idempotencyKey,
      run.priority,
      run.from?.kind === 'fork' ? run.from.id : null,
      run.from?.job ?? null,
      run.secretParameters,
      JSON.stringify(run.uses),
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

/** A run that can never be given to Temporal; false where it had ended already. */
export async function endUnstarted(at: Pool | PoolClient, id: string, reason: string): Promise<boolean> {
  const { rowCount } = await at.query(
    `with ended as (
       update runs set status = 'errored', reason = $2, "endedAt" = now()
       where id = $1 and "endedAt" is null returning id, pipeline
     )
     select pg_notify('palvella', json_build_object('kind', 'run', 'run', id, 'pipeline', pipeline)::text) from ended`,
    [id, reason],
  );
  return rowCount === 1;
}

/** Open runs that Temporal has not been given, or of which we do not know that it was. */
export async function unsubmitted(
  pool: Pool,
  olderThanSeconds: number,
  limit: number,
): Promise<Pick<InsertedRun, 'id' | 'pipeline' | 'number' | 'planId' | 'priority'>[]> {
  const { rows } = await pool.query<Pick<InsertedRun, 'id' | 'pipeline' | 'number' | 'planId' | 'priority'>>(
    `select id, pipeline, number, "planId", priority from runs
     where not submitted and status in ('queued', 'running', 'waiting') and "queuedAt" < now() - make_interval(secs => $1)
     order by id limit $2`,
    [olderThanSeconds, limit],
  );
  return rows;
}
