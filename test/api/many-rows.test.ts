import { beforeAll, expect, test } from 'vitest';
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
