import { beforeAll, beforeEach, expect, test } from 'vitest';
import type { FailingPipeline, Stats, StatsNow } from '../../core/api/stats.ts';
import type { Page } from '../../web/features/api/client.ts';
import { insertRun } from './insert-run.ts';
import { createSetting, type Setting } from './setting.ts';

const minute = 60_000;
let at: Setting;
let number = 0;
beforeAll(async () => {
  at = await createSetting({ temporal: false });
  await at.apply(
    ['a', 'b'].map((name) => `name: ${name}\njobs: [{ name: j, actions: [{ run: "true" }] }]\n`).join('---\n'),
  );
});
beforeEach(async () => {
  await at.db.pool.query('delete from runs');
});

/** A run asked for at a moment, with how long it queued and took, in seconds. */
async function run(
  pipeline: string,
  status: string,
  when: number,
  queued: number | null = 1,
  took: number | null = 10,
) {
  number += 1;
  const later = (seconds: number) => new Date(when + seconds * 1000);
  await insertRun(at.db.pool, {
    pipeline,
    number,
    status,
    queuedAt: new Date(when),
    startedAt: queued === null ? null : later(queued),
    endedAt: queued === null || took === null ? null : later(queued + took),
  });
  return number;
}

/** Each question is another one, as answers are kept for a moment. */
let asked = 0;
async function stats(query = ''): Promise<Stats> {
  asked += 1;
  const zones = ['UTC', 'Etc/UTC', 'Etc/Zulu', 'Etc/UCT', 'Etc/Universal', 'Zulu', 'UCT', 'Universal'];
  const zone = query.includes('zone=') ? '' : `&zone=${zones[asked % zones.length]}`;
  return (await at.call<Stats>('GET', `/stats?${query}${zone}`)).body;
}

test('counts what succeeded and broke, and how long it queued and took, in all and by Pipeline', async () => {
  const now = Date.now();
  for (const [index, status] of ['succeeded', 'succeeded', 'failed', 'timed_out', 'stopped'].entries())
    await run('a', status, now - index, index, 10 * (index + 1));
  await run('b', 'succeeded', now, 0, 100);
  await run('b', 'running', now, 5, null);
  await run('b', 'queued', now, null);
  const { total, pipelines } = await stats();
  expect(total).toMatchObject({ runs: 8, succeeded: 3, broken: 2 });
  const [b, a] = [pipelines.find(({ pipeline }) => pipeline === 'b'), pipelines[0]];
  expect(a).toMatchObject({
    pipeline: 'a',
    runs: 5,
    succeeded: 2,
    broken: 2,
    queueMs: { p50: 2000, p95: 4000 },
    runMs: { p50: 30_000, p95: 50_000 },
  });
  expect(b).toMatchObject({
    runs: 3,
    succeeded: 1,
    broken: 0,
    queueMs: { p50: 0, p95: 5000 },
    runMs: { p50: 100_000 },
  });
  expect(a?.buckets.at(-1)).toEqual({ runs: 5, broken: 2, runMs: 30_000 });
});

test('has a bucket for each day of the asked zone, also where nothing ran, and nothing older', async () => {
  const before = await stats('range=7d&zone=Asia/Kolkata');
  expect(before.buckets).toHaveLength(7);
  expect(before.buckets.every(({ runs }) => runs === 0)).toBe(true);
  expect(before.total).toEqual({
    runs: 0,
    succeeded: 0,
    broken: 0,
    queueMs: { p50: null, p95: null },
    runMs: { p50: null, p95: null },
  });
  const begins = before.buckets.map(({ at: begin }) => Date.parse(begin));
  // A day begins there at half past six in the evening of UTC.
  expect(begins.map((begin) => (begin / minute) % (24 * 60))).toEqual(begins.map(() => 18 * 60 + 30));
  await run('a', 'succeeded', (begins[3] as number) - 1);
  await run('a', 'succeeded', begins[3] as number);
  await run('a', 'succeeded', (begins[0] as number) - 1);
  const { buckets } = await stats('range=7d&zone=Asia/Calcutta');
  expect(buckets.map(({ runs }) => runs)).toEqual([0, 0, 1, 1, 0, 0, 0]);
});

test('is of one Pipeline, in the asked order, over the asked time', async () => {
  const now = Date.now() - minute;
  for (let index = 0; index < 3; index += 1) await run('a', 'succeeded', now, 1, 1);
  await run('b', 'failed', now, 9, 99);
  await run('b', 'failed', now - 3 * 24 * 60 * minute);
  const names = async (query: string) => (await stats(query)).pipelines.map(({ pipeline }) => pipeline);
  expect(await names('order=runs')).toEqual(['a', 'b']);
  for (const order of ['broken', 'slow', 'queue']) expect(await names(`order=${order}`)).toEqual(['b', 'a']);
  expect(await names('pipeline=b')).toEqual(['b']);
  const day = await stats('range=1d&pipeline=b');
  expect(day).toMatchObject({ bucket: 'hour', total: { runs: 1 } });
  expect(day.buckets).toHaveLength(24);
});

test('a try of what is not saved counts for nothing', async () => {
  await run('try:a', 'failed', Date.now());
  await run('try:a', 'running', Date.now(), 1, null);
  expect(await stats('range=1d')).toMatchObject({ total: { runs: 0 }, pipelines: [] });
  const { items } = (await at.call<Page<FailingPipeline>>('GET', '/stats/failing')).body;
  expect(items).toEqual([]);
});

test('what two clocks make negative counts as nothing', async () => {
  await run('a', 'succeeded', Date.now() - minute, -3, 10);
  expect((await stats()).total.queueMs).toEqual({ p50: 0, p95: 0 });
});

test('a Pipeline fails while the newest of its runs that have ended broke', async () => {
  const now = Date.now() - 10 * minute;
  const good = await run('a', 'succeeded', now);
  await run('a', 'failed', now + 1000);
  const bad = await run('a', 'errored', now + 2000);
  await run('a', 'running', now + 3000, 1, null);
  await run('b', 'failed', now);
  await run('b', 'succeeded', now + 1000);
  await run('gone', 'failed', now);
  const { items } = (await at.call<Page<FailingPipeline>>('GET', '/stats/failing')).body;
  expect(items).toMatchObject([{ pipeline: 'a', number: bad, status: 'errored', succeeded: { number: good } }]);
  const never = await run('b', 'failed', now + minute);
  await at.db.pool.query(`delete from runs where pipeline = 'b' and status = 'succeeded'`);
  const first = (await at.call<Page<FailingPipeline>>('GET', '/stats/failing?limit=1')).body;
  expect(first.items).toMatchObject([{ pipeline: 'b', number: never, succeeded: null }]);
  const second = (await at.call<Page<FailingPipeline>>('GET', `/stats/failing?limit=1&cursor=${first.next}`)).body;
  expect(second).toMatchObject({ items: [{ pipeline: 'a' }], next: null });
  expect((await at.call<StatsNow>('GET', '/stats/now')).body).toEqual({
    queued: 0,
    running: 1,
    waiting: 0,
    approvals: 0,
    failing: 2,
  });
});

test.each([
  ['/stats?zone=Nowhere/Land', 'query.zone'],
  [`/stats?zone=${encodeURIComponent("UTC'; drop table runs")}`, 'query.zone'],
  ['/stats?range=100y', 'query.range'],
  ['/stats?order=name', 'query.order'],
  ['/stats?pipeline=%00', 'query.pipeline'],
  ['/stats/failing?cursor=x', 'cursor'],
])('%s is refused', async (path, said) => {
  expect((await at.refused('GET', path)).detail).toContain(said);
});

test.each(['/stats', '/stats/now', '/stats/failing'])('%s tells nothing to strangers and Workers', async (path) => {
  expect((await at.request(`/api/v1${path}`)).status).toBe(401);
  const headers = { authorization: `Bearer ${at.workerToken}` };
  expect((await at.request(`/api/v1${path}`, { headers })).status).toBe(403);
});
