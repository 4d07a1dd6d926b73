import type { Pool, PoolClient } from 'pg';
import type { RunSummary } from '../../core/api/objects.ts';
import type { Firing } from '../../core/api/schedules.ts';
import { toSecond } from '../../core/to-second.ts';

const most = 20;

interface Row {
  id: string;
  scheduledAt: string;
  state: string;
  reason: string | null;
  runIds: string[];
}

// Of one that is sent again the key is another.
const columns = `d.id, d.facts->>'scheduled_at' as "scheduledAt", d.state, d.reason,
  array(select r."runId"::text from delivery_runs r where r."deliveryId" = d.id and r."runId" is not null order by r.position) as "runIds"`;

/** What became of the times of a schedule, newest first. */
export async function firingsOf(
  { pool, summaries }: { pool: Pool; summaries(ids: readonly string[]): Promise<RunSummary[]> },
  trigger: string,
): Promise<Firing[]> {
  const { rows } = await pool.query<Row>(
    `select ${columns} from deliveries d where d.trigger = $1 and d.source = 'schedule' order by d.id desc limit ${most}`,
    [trigger],
  );
  const runs = new Map((await summaries(rows.flatMap(({ runIds }) => runIds))).map((run) => [run.id, run]));
  return rows.map(({ runIds, ...row }) => ({ ...row, runs: runIds.flatMap((id) => runs.get(id) ?? []) }));
}

export interface Standing {
  /** The newest run that the clock started. */
  lastRunId: string | null;
  /** Times of which runs go on. */
  running: number;
  /** Times that started a run. */
  started: number;
}
export const noStanding: Standing = { lastRunId: null, running: 0, started: 0 };

/**
 * By Trigger. Temporal itself does not count among those that go on what was started beside another, and counts as a start
 * a time of a back-fill that had its start before.
 */
export async function standingsOf(pool: Pool, triggers: readonly string[]): Promise<Map<string, Standing>> {
  const { rows } = await pool.query<Standing & { trigger: string }>(
    `select t.trigger, s."lastRunId"::text, coalesce(o.running, 0) as running, coalesce(s.started, 0) as started
     from unnest($1::text[]) t(trigger) left join schedule_starts s on s.trigger = t.trigger left join (
       select d.trigger, count(distinct d.id)::int as running
       from runs r join delivery_runs o on o."runId" = r.id join deliveries d on d.id = o."deliveryId"
       where r.status in ('queued', 'running', 'waiting') and d.source = 'schedule' group by d.trigger
     ) o on o.trigger = t.trigger`,
    [triggers],
  );
  return new Map(rows.map(({ trigger, ...standing }) => [trigger, standing]));
}

/** With the run that a time has started: there are too many of them to be counted whenever somebody looks. */
export async function countStart(client: PoolClient, trigger: string, runId: string): Promise<void> {
  await client.query(
    `insert into schedule_starts (trigger, started, "lastRunId") values ($1, 1, $2)
     on conflict (trigger) do update set started = schedule_starts.started + 1, "lastRunId" = $2`,
    [trigger, runId],
  );
}

/** How many of the times have had their start. */
export async function started(pool: Pool, trigger: string, times: readonly Date[]): Promise<number> {
  const { rowCount } = await pool.query('select from deliveries where trigger = $1 and key = any($2)', [
    trigger,
    times.map(scheduledKey),
  ]);
  return rowCount ?? 0;
}

/** A time that a schedule names, which is of whole seconds: as Temporal writes it at the end of an id. */
export function scheduledKey(at: Date): string {
  return toSecond(at.toISOString());
}
