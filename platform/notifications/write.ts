import type { Pool, PoolClient } from 'pg';
import type { NotificationEvent } from '../../core/api/notifications.ts';
import type { JsonObject } from '../../core/json.ts';
import type { NotifyPlan } from '../../core/plan.ts';
import type { Status } from '../../core/status.ts';
import { storableJson } from '../../prisma/storable.ts';
import { uuid7 } from '../../prisma/uuid7.ts';
import type { Addressed } from './to.ts';

/** Where messages go, with texts that are yet to be computed (of a Pipeline) or have been (of an Action). */
export type Target = Addressed;

interface News {
  /** What is told, and which time: a message with this key is written once. */
  key: string;
  runId: string;
  event: NotificationEvent;
  targets: readonly Target[];
  approvalId?: string;
  detail?: JsonObject;
}

/** Within the transaction of what it tells of, so that none is lost or doubled. */
export async function writeNews(client: PoolClient, news: News): Promise<void> {
  const { key, runId, event, targets, approvalId = null, detail = {} } = news;
  for (const [index, target] of targets.entries()) {
    for (const by of ['slack', 'email'] as const) {
      const to = target[by];
      if (to === undefined) continue;
      await client.query(
        `insert into notifications (id, key, "runId", "approvalId", event, target, detail)
         values ($1, $2, $3, $4, $5, $6, $7) on conflict (key) do nothing`,
        [uuid7(), `${key}/${index}/${by}`, runId, approvalId, event, storableJson({ [by]: to }), storableJson(detail)],
      );
    }
  }
}

/** What the Pipeline of a run wants to be told of that the run has just ended as it has. */
export async function writeEnd(client: PoolClient, runId: string): Promise<void> {
  const rules = (await rulesOf(client, [runId])).get(runId) ?? [];
  if (rules.length === 0) return;
  const { rows } = await client.query<{ status: Status; before: Status | null }>(
    `select status, (
       select b.status from runs b where b.pipeline = r.pipeline and b.number < r.number
         and b.status in ('succeeded', 'failed', 'errored', 'timed_out') order by b.number desc limit 1
     ) as before from runs r where id = $1`,
    [runId],
  );
  const [run] = rows;
  if (run === undefined) return;
  const events = eventsOf(run.status, run.before);
  for (const [index, rule] of rules.entries()) {
    const event = events.find((one) => rule.on.includes(one));
    if (event !== undefined) await writeNews(client, { key: `end/${runId}/${index}`, runId, event, targets: [rule] });
  }
}

/** Those that the Pipelines of these runs tell when they wait, by run. */
export async function waitingTargets(at: Pool | PoolClient, runIds: readonly string[]): Promise<Map<string, Target[]>> {
  const rules = await rulesOf(at, runIds);
  return new Map([...rules].map(([run, all]) => [run, all.filter(({ on }) => on.includes('waiting'))]));
}

async function rulesOf(at: Pool | PoolClient, runIds: readonly string[]): Promise<Map<string, NotifyPlan[]>> {
  if (runIds.length === 0) return new Map();
  const { rows } = await at.query<{ id: string; notify: NotifyPlan[] | null }>(
    `select r.id, p.body->'notify' as notify from runs r join plans p on p.id = r."planId" where r.id = any($1)`,
    [runIds],
  );
  return new Map(rows.map(({ id, notify }) => [id, notify ?? []]));
}

/** What an end is, the most telling first. Runs that were stopped say nothing of whether the Pipeline works. */
function eventsOf(status: Status, before: Status | null): NotifyPlan['on'] {
  switch (status) {
    case 'succeeded':
      return before === null || before === 'succeeded' ? ['succeeded'] : ['fixed', 'succeeded'];
    case 'stopped':
      return ['stopped'];
    case 'failed':
    case 'errored':
    case 'timed_out':
      return ['failed'];
    default:
      return [];
  }
}
