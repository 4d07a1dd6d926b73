import type { Pool } from 'pg';
import { beforeAll, expect, test } from 'vitest';
import type { ScheduleSummary } from '../../core/api/schedules.ts';
import { openTemporal } from '../../platform/temporal/client.ts';
import { deliveryRepository } from '../../prisma/repositories/deliveries.ts';
import { atEnd } from '../support/database.ts';
import { createSetting, type Setting } from './setting.ts';

let at: Setting;

beforeAll(async () => {
  at = await createSetting({ temporal: true });
  // After the API, which is there before the schemas of the language are made.
  const { fillDatabase } = await import('../support/many-rows/index.ts');
  await fillDatabase(at.db, { runs: 400, pipelines: 40, deliveries: 3_000 });
});

async function counts(table: string, by: string): Promise<Record<string, number>> {
  const { rows } = await at.db.pool.query<{ of: string; count: number }>(
    `select ${by} as of, count(*)::int from ${table} group by 1`,
  );
  return Object.fromEntries(rows.map(({ of, count }) => [of, count]));
}
const some = expect.any(Number);

test('the benchmark measures what is there: each list has something in each state', async () => {
  expect(await counts('deliveries', 'state')).toEqual({ pending: 20, recorded: some, dropped: some });
  expect(Object.values(await counts('deliveries', 'state')).reduce((sum, each) => sum + each)).toBeGreaterThan(2_900);
  expect(await counts('definitions', 'kind')).toMatchObject({ Trigger: 40, Pipeline: 40 });
  expect(await counts('delivery_runs', `"runId" is null`)).toEqual({ true: some, false: some });
  expect(await counts('runs', `pipeline like 'try:%'`)).toEqual({ true: some, false: 400 });
  expect(await counts('holds', 'state')).toMatchObject({ waiting: some });
  expect(await counts('approvals', 'state')).toMatchObject({ pending: some, approved: some });
  expect(await counts('notifications', 'event')).toMatchObject({ approval: some, failed: some });
  expect(await counts('summaries', '"jobPath"')).toMatchObject({ deploy: some });
  const [{ facts } = { facts: {} }] = (
    await at.call<{ items: { facts: object }[] }>('GET', '/deliveries?state=dropped&limit=1')
  ).body.items;
  expect(facts).toMatchObject({ sha: expect.stringMatching(/^[\da-f]{40}$/), branch: expect.any(String) });
});

/** Names of the indexes by which PostgreSQL finds what `read` asks for. */
async function indexesOf(read: (pool: Pool) => Promise<unknown>): Promise<string[]> {
  const asked: { text: string; values: unknown[] }[] = [];
  await read({
    query: (text: string, values: unknown[]) => {
      asked.push({ text, values });
      return at.db.pool.query(text, values);
    },
  } as unknown as Pool);
  const plans = await Promise.all(
    asked.map(({ text, values }) => at.db.pool.query<{ 'QUERY PLAN': string }>(`explain ${text}`, values)),
  );
  const lines = plans.flatMap(({ rows }) => rows.map((row) => row['QUERY PLAN']));
  return lines.flatMap((line) => /Index (?:Only )?Scan(?: Backward)? using (\S+) on deliveries/.exec(line)?.[1] ?? []);
}

test('deliveries are found in the order in which they are listed, also those of a Trigger, state or source', async () => {
  const indexOf = (filter: { trigger?: string; state?: string; sources?: string[] }) =>
    indexesOf((pool) => deliveryRepository(pool).list({ ...filter, limit: 30 }));
  expect(await indexOf({ trigger: 'on-nothing' })).toEqual(['deliveries_trigger_id_idx']);
  expect(await indexOf({ state: 'pending' })).toEqual(['deliveries_state_id_idx']);
  expect(await indexOf({ sources: ['github', 'rest'] })).toContain('deliveries_source_id_idx');
});

test('schedules are listed as Temporal has them, without asking for each, and counted without reading all their times', async () => {
  const { createSchedules, createScheduleSync } = await import('../../platform/schedules/index.ts');
  const { pool } = at.db;
  const { client, close } = openTemporal({ address: at.temporalAddress, namespace: 'default' });
  atEnd(close);
  await createScheduleSync({ pool, client }).all((message, cause) => {
    throw new Error(message, { cause });
  });
  const asked: string[] = [];
  const counting = new Proxy(client.schedule, {
    get: (schedules, name, self) =>
      name === 'getHandle'
        ? (id: string) => (asked.push(id), schedules.getHandle(id))
        : Reflect.get(schedules, name, self),
  });
  const schedules = createSchedules({
    pool,
    client: new Proxy(client, {
      get: (of, name, self) => (name === 'schedule' ? counting : Reflect.get(of, name, self)),
    }),
    summaries: at.services.runs.summaries,
    warn: () => {},
  });
  // What Temporal lists comes a moment later.
  await expect
    .poll(async () => (await schedules.list({ limit: 200 })).map(({ state }) => state))
    .toEqual(Array(20).fill('same'));
  asked.splice(0);
  const listed = await schedules.list({ limit: 200 });
  expect(asked).toEqual(listed.filter(({ running }) => running > 0).map(({ name }) => `schedule/${name}`));
  expect(asked.length).toBeLessThan(listed.length / 2);

  const { rows } = await pool.query<{ trigger: string; started: number; lastRunId: string }>(
    `select d.trigger, count(distinct d.id)::int as started, (array_agg(r."runId" order by d.id desc))[1] as "lastRunId"
     from deliveries d join delivery_runs r on r."deliveryId" = d.id
     where d.source = 'schedule' and r."runId" is not null group by 1 order by 2 desc limit 6`,
  );
  for (const { trigger, started, lastRunId } of rows) {
    const detail = await schedules.get(trigger);
    expect(detail).toMatchObject({ started, lastRun: { id: lastRunId } });
    const { next, ...rest } = listed.find(({ name }) => name === trigger) as ScheduleSummary;
    expect(detail).toMatchObject(rest);
    expect(next).toHaveLength(10);
    // By how much one is late, only Temporal knows, and a list has the first five from there.
    const exact = detail.jitter === 0 ? 10 : 5;
    expect(next.slice(0, exact)).toEqual(detail.next.slice(0, exact));
  }
});
