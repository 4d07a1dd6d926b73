import type { Pool, PoolClient } from 'pg';
import { PalvellaError } from '../../core/errors.ts';
import { isObject } from '../../core/is-object.ts';
import type { TriggerOutcome, TriggerWaitRequest } from '../../core/trigger-wait.ts';
import { transaction } from '../../prisma/transaction.ts';
import { uuid7 } from '../../prisma/uuid7.ts';
import type { RunWorkflows } from '../runs/workflows.ts';
import { storablePayload } from './payload.ts';

/** Jobs that wait for a Trigger: first a row that says what they were sent, then a signal, sent again until it arrives. */
export interface TriggerWaits {
  /** The same request asked again is the same wait. */
  ask(request: TriggerWaitRequest): Promise<{ waitId: string; outcome: TriggerOutcome }>;
  read(waitId: string): Promise<TriggerOutcome>;
  /** Ends it where nothing came; answers what it is then. */
  end(waitId: string): Promise<TriggerOutcome>;
  /** Wakes all that began to wait before the delivery came; how many. Within the transaction that decides it. */
  wake(client: PoolClient, delivery: { id: string; trigger: string; receivedAt: Date }): Promise<number>;
  /** Tells runs what they have not been told yet; how many it told. */
  deliver(): Promise<number>;
}

/** As outputs are bounded: they are in the run's history. */
const largestOutput = 32 * 1024;
const mostAtOnce = 200;

/** Until the end of the transaction no Job begins to wait for the Trigger and no delivery of it is decided, so that none is missed. */
export async function lockTrigger(client: PoolClient, trigger: string): Promise<void> {
  await client.query(`select pg_advisory_xact_lock(hashtext('trigger'), hashtext($1))`, [trigger]);
}

export function createTriggerWaits({
  pool,
  workflows,
}: {
  pool: Pool;
  workflows: Pick<RunWorkflows, 'signal'>;
}): TriggerWaits {
  async function read(waitId: string): Promise<TriggerOutcome> {
    const { rows } = await pool.query<{ state: string; delivery: string | null; payload: string | null }>(
      `select w.state, d.id as delivery, d.payload from trigger_waits w left join deliveries d on d.id = w."deliveryId"
       where w.id = $1`,
      [waitId],
    );
    const [row] = rows;
    if (row === undefined) throw new PalvellaError('not_found', `There is no wait ${waitId}.`);
    if (row.state === 'waiting') return { state: 'waiting' };
    if (row.delivery === null || row.payload === null) return { state: 'ended' };
    return { state: 'sent', delivery: row.delivery, ...outputOf(row.payload) };
  }

  return {
    read,
    ask: async ({ runId, jobPath, jobAttempt, action, attempt, trigger }) => {
      const key = [runId, jobPath, jobAttempt, action, attempt];
      const waitId = await transaction(pool, async (client) => {
        await lockTrigger(client, trigger);
        await client.query(
          `insert into trigger_waits ("runId", "jobPath", "jobAttempt", action, attempt, id, trigger, since)
           values ($1, $2, $3, $4, $5, $6, $7, clock_timestamp()) on conflict do nothing`,
          [...key, uuid7(), trigger],
        );
        const { rows } = await client.query<{ id: string }>(
          `select id from trigger_waits
           where "runId" = $1 and "jobPath" = $2 and "jobAttempt" = $3 and action = $4 and attempt = $5`,
          key,
        );
        return rows[0]?.id as string;
      });
      return { waitId, outcome: await read(waitId) };
    },
    end: async (waitId) => {
      await pool.query(`update trigger_waits set state = 'ended' where id = $1 and state = 'waiting'`, [waitId]);
      return read(waitId);
    },
    wake: async (client, { id, trigger, receivedAt }) => {
      const { rowCount } = await client.query(
        `update trigger_waits w set state = 'sent', "deliveryId" = $1 from runs r
         where w.trigger = $2 and w.state = 'waiting' and w.since <= $3 and r.id = w."runId" and r."endedAt" is null`,
        [id, trigger, receivedAt],
      );
      return rowCount ?? 0;
    },
    deliver: async () => {
      const { rows } = await pool.query<{ id: string; pipeline: string; number: number }>(
        `select w.id, r.pipeline, r.number from trigger_waits w join runs r on r.id = w."runId"
         where w.state = 'sent' and not w.delivered order by w.id limit ${mostAtOnce}`,
      );
      const told = await Promise.allSettled(
        rows.map(async ({ id, ...run }) => {
          await workflows.signal(run, 'triggerSent', { waitId: id });
          await pool.query('update trigger_waits set delivered = true where id = $1', [id]);
        }),
      );
      return told.filter(({ status }) => status === 'fulfilled').length;
    },
  };
}

function outputOf(payload: string): Pick<Extract<TriggerOutcome, { state: 'sent' }>, 'output' | 'note'> {
  const { text, payload: value } = storablePayload(payload);
  if (Buffer.byteLength(text) > largestOutput) {
    return { output: {}, note: 'Its payload is larger than 32 KiB, so it is no output.' };
  }
  return { output: isObject(value) ? value : { payload: value }, note: null };
}
