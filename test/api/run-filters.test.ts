import { beforeAll, expect, test } from 'vitest';
import type { RunSummary } from '../../core/api/objects.ts';
import type { Page } from '../../web/features/api/client.ts';
import { insertRun } from './insert-run.ts';
import { createSetting, type Setting } from './setting.ts';

let at: Setting;
const day = 24 * 60 * 60_000;
const noon = Date.parse('2026-03-10T12:00:00Z');

beforeAll(async () => {
  at = await createSetting({ temporal: false });
  await at.apply('name: a\njobs: [{ name: j, actions: [{ run: "true" }] }]\n');
  const rows = [
    ['a', 'succeeded', 'local/admin', 0],
    ['a', 'failed', 'github/mona', 1],
    ['a', 'errored', 'trigger/on-push', 2],
    ['b', 'failed', 'github/mona', 3],
  ] as const;
  for (const [index, [pipeline, status, startedBy, days]] of rows.entries())
    await insertRun(at.db.pool, {
      pipeline,
      number: index + 1,
      status,
      startedBy,
      queuedAt: new Date(noon - days * day),
    });
});

const list = async (query: string) => (await at.call<Page<RunSummary>>('GET', `/runs?${query}`)).body;
const numbers = async (query: string) => (await list(query)).items.map(({ number }) => number);

test.each([
  ['', [1, 2, 3, 4]],
  ['by=github/mona', [2, 4]],
  ['by=github', []],
  ['status=failed,errored', [2, 3, 4]],
  ['status=failed&by=github/mona&pipeline=b', [4]],
  ['since=2026-03-09T12:00:00Z', [1, 2]],
  ['since=2026-03-09T14:00:00%2B02:00', [1, 2]],
  ['until=2026-03-09T12:00:00Z', [3, 4]],
  ['since=2026-03-08T00:00:00Z&until=2026-03-09T00:00:00Z', [3]],
  ['since=2026-04-01T00:00:00Z', []],
])('runs?%s are %j', async (query, expected) => {
  expect(await numbers(query)).toEqual(expected);
});

test('a page goes on within its filter', async () => {
  const first = await list('by=github/mona&limit=1');
  expect(first.items.map(({ number }) => number)).toEqual([2]);
  expect(await numbers(`by=github/mona&limit=1&cursor=${first.next}`)).toEqual([4]);
});

test('those who started runs are named once, in their order', async () => {
  expect((await at.call<Page<string>>('GET', '/starters')).body.items).toEqual([
    'github/mona',
    'local/admin',
    'trigger/on-push',
  ]);
});

test.each(['since=yesterday', 'until=2026-13-01T00:00:00Z', 'since=2026-03-01', 'by=%00', 'status=fine'])(
  'runs?%s is refused',
  async (query) => {
    expect((await at.refused('GET', `/runs?${query}`)).detail).toContain(`query.${query.split('=')[0]}`);
  },
);
