import type { Pool } from 'pg';
import { beforeAll, expect, test } from 'vitest';
import { deliveryRepository } from '../../prisma/repositories/deliveries.ts';
import { createSetting, type Setting } from './setting.ts';

let at: Setting;

beforeAll(async () => {
  at = await createSetting({ temporal: false });
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
