import type { Pool, PoolClient } from 'pg';
import { errorCode } from '../../core/errors.ts';
import type { JsonObject } from '../../core/json.ts';
import { listed } from '../../core/nearest.ts';
import { storableJson, storableText } from '../../prisma/storable.ts';
import { transaction } from '../../prisma/transaction.ts';
import { notify } from '../events/notify.ts';
import type { Starter, StartRun, WrittenRun } from '../runs/start.ts';
import type { Warn } from '../runs/submit.ts';
import { countStart } from '../schedules/firings.ts';
import { aboutDelivery, type Decision, decide, type Happening, type Start } from './decide.ts';
import { storablePayload } from './payload.ts';
import { savedTrigger } from './saved.ts';
import { lockTrigger, type TriggerWaits } from './waits.ts';

/** Decides what was received: each delivery once, and all that follows from it with it. */
export interface Processor {
  /** Those that wait for it; how many it decided. */
  pending(): Promise<number>;
}

const mostAtOnce = 100;
const firstId = '00000000-0000-0000-0000-000000000000';
/** Characters of JSON. Of a larger payload a run has all else of `trigger`: its Trigger's args may take from it what is needed. */
const largestInRun = 256 * 1024;

type Arrived = Happening & { receivedAt: Date };
type Row = Omit<Arrived, 'payload'> & { payload: string };

export function createProcessor(deps: {
  pool: Pool;
  starter: Starter;
  waits: Pick<TriggerWaits, 'wake' | 'deliver'>;
  warn: Warn;
}): Processor {
  const { pool, starter, waits, warn } = deps;

  /** False where another has decided it. */
  async function decideOne(id: string): Promise<boolean> {
    const settled = await transaction(pool, async (client) => {
      const { rows } = await client.query<Row>({
        name: 'pending-delivery',
        text: `select id, trigger, source, event, facts, payload, "receivedAt" from deliveries
          where id = $1 and state = 'pending' for update skip locked`,
        values: [id],
      });
      if (rows[0] === undefined) return undefined;
      return await settle(client, { ...rows[0], payload: storablePayload(rows[0].payload).payload });
    });
    if (settled === undefined) return false;
    for (const run of settled.written) await starter.give(run);
    if (settled.woken > 0) await waits.deliver();
    return true;
  }

  async function settle(client: PoolClient, happening: Arrived): Promise<{ written: WrittenRun[]; woken: number }> {
    const { id, trigger } = happening;
    await lockTrigger(client, trigger);
    const decision = decide(await savedTrigger(client, trigger), happening);
    const started = decision.passes && !decision.greeting ? await startAll(client, happening, decision.starts) : [];
    const woken = decision.passes && !decision.greeting ? await waits.wake(client, happening) : 0;
    const { state, reason } = outcomeOf(decision, started, woken);
    await client.query(
      `insert into delivery_runs ("deliveryId", position, pipeline, "runId", reason)
       select $1, * from unnest($2::int[], $3::text[], $4::uuid[], $5::text[])`,
      [
        id,
        started.map((_, position) => position),
        started.map(({ pipeline }) => pipeline),
        started.map(({ written }) => written?.run.id ?? null),
        started.map(({ fault }) => (fault === undefined ? null : storableText(fault))),
      ],
    );
    const [run] = started.flatMap(({ written }) => written?.run ?? []);
    if (happening.source === 'schedule' && run !== undefined) await countStart(client, trigger, run.id);
    await client.query(`update deliveries set state = $2, reason = $3, "decidedAt" = clock_timestamp() where id = $1`, [
      id,
      state,
      storableText(reason),
    ]);
    await notify(client, { kind: 'delivery', delivery: id, trigger });
    return { written: started.flatMap(({ written }) => (written === undefined ? [] : [written])), woken };
  }

  /** In the order of the Pipelines' names, so that no two deliveries wait for one another. */
  async function startAll(client: PoolClient, happening: Happening, starts: readonly Start[]): Promise<Started[]> {
    const more = { trigger: triggerOf(happening), startedBy: `trigger/${happening.trigger}` };
    const done: Started[] = [];
    const inOrder = [...starts.entries()].sort(([, a], [, b]) => (a.pipeline < b.pipeline ? -1 : 1));
    for (const [position, start] of inOrder) {
      done[position] = await startOne(client, start, { ...more, idempotencyKey: `${happening.id}/${position}` });
    }
    return done;
  }

  async function startOne(
    client: PoolClient,
    start: Start,
    more: Pick<StartRun, 'trigger' | 'startedBy' | 'idempotencyKey'>,
  ): Promise<Started> {
    const { pipeline } = start;
    if ('fault' in start) return { pipeline, fault: start.fault };
    // What args cut out of a payload may be half a character.
    const parameters = JSON.parse(storableJson(start.args)) as JsonObject;
    try {
      const written = await starter.write({ name: pipeline, parameters, priority: start.priority, ...more }, client);
      return { pipeline, written };
    } catch (error) {
      if (!isRefusal(error)) throw error;
      return { pipeline, fault: (error as Error).message };
    }
  }

  return {
    pending: async () => {
      let decided = 0;
      let last = firstId;
      for (;;) {
        const { rows } = await pool.query<{ id: string }>(
          `select id from deliveries where state = 'pending' and id > $1 order by id limit ${mostAtOnce}`,
          [last],
        );
        for (const { id } of rows) {
          last = id;
          try {
            if (await decideOne(id)) decided += 1;
          } catch (error) {
            // Not the others' fault: they are decided all the same, and this one is tried again.
            warn(`the delivery ${id} could not be decided; it is tried again`, error);
          }
        }
        if (rows.length < mostAtOnce) return decided;
      }
    },
  };
}

interface Started {
  pipeline: string;
  written?: WrittenRun;
  fault?: string;
}

/** What a run has as `trigger.*`. */
function triggerOf(happening: Happening): JsonObject {
  const { facts, payload } = happening;
  const whole = JSON.stringify(payload).length <= largestInRun;
  return { ...facts, ...aboutDelivery(happening), ...(whole ? { payload } : {}) };
}

/** Said before anything is written, of a Pipeline that is gone or args that it does not take. */
function isRefusal(error: unknown): boolean {
  const code = errorCode(error);
  return code === 'not_found' || code === 'invalid_request';
}

function outcomeOf(decision: Decision, started: readonly Started[], woken: number): { state: string; reason: string } {
  if (!decision.passes) return { state: 'dropped', reason: decision.why };
  if (decision.greeting) return { state: 'recorded', reason: decision.why };
  if (started.length === 0 && woken === 0) {
    return { state: 'dropped', reason: 'No Pipeline is registered for the Trigger, and no Job waits for it.' };
  }
  const runs = started.flatMap(({ written }) => (written === undefined ? [] : [written.run]));
  const faults = started.flatMap(({ pipeline, fault }) => (fault === undefined ? [] : [`${pipeline}: ${fault}`]));
  const names = listed(runs.map(({ pipeline, number }) => `${pipeline}/${number}`));
  const parts = [
    ...(runs.length === 0 ? [] : [`Started ${names}.`]),
    ...(woken === 0 ? [] : [woken === 1 ? 'Woke a Job that waited for it.' : `Woke ${woken} Jobs that waited for it.`]),
    ...(faults.length === 0 ? [] : [`Could not start ${faults.join('; ')}`]),
    ...(decision.note === undefined ? [] : [decision.note]),
  ];
  return { state: 'recorded', reason: parts.join(' ') };
}
