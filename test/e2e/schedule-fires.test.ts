import { beforeAll, expect, test } from 'vitest';
import type { Backfilled, NextTimes } from '../../core/api/schedules.ts';
import { pipeline, type ScheduleSetting, startScheduleSetting, trigger } from './schedule-setting.ts';

let it: ScheduleSetting;
const patient = { timeout: 60_000, interval: 200 };

beforeAll(async () => {
  it = await startScheduleSetting();
});

test('a 2-second schedule fires for real, each time once, with the time in the run', async () => {
  await it.apply(
    `---
kind: Pipeline
name: ticks
parameters: [{ name: at, type: string }]
jobs: [{ name: job, actions: [{ set: { at: '\${{ pipeline.parameters.at }}' } }] }]
${trigger('tick', '{ every: 2s }', 'ticks', "{ at: '${{ trigger.scheduled_at }}' }")}`,
  );
  await expect
    .poll(async () => (await it.runs('ticks')).filter(({ status }) => status === 'succeeded').length, patient)
    .toBeGreaterThanOrEqual(3);
  await it.call('POST', '/schedules/tick/pause', { note: 'enough' });
  const pausedAt = Date.now();
  const { firings, paused, note } = await it.schedule('tick');
  expect({ paused, note }).toEqual({ paused: true, note: 'enough' });
  const times = firings.map(({ scheduledAt }) => Date.parse(scheduledAt)).reverse();
  expect(times.every((at) => at % 2000 === 0)).toBe(true);
  expect(new Set(times).size).toBe(times.length);
  const started = firings.flatMap(({ scheduledAt, runs }) => runs.map((run) => ({ run, scheduledAt })));
  expect(started.length).toBeGreaterThanOrEqual(3);
  for (const { run, scheduledAt } of started) {
    expect(run).toMatchObject({ startedBy: 'trigger/tick', parameters: { at: scheduledAt } });
  }

  // Of a paused schedule too, what is said to come is to come.
  await new Promise((done) => setTimeout(done, Math.max(0, pausedAt + 5000 - Date.now())));
  const asked = Date.now();
  const next = (await it.schedule('tick')).next.map((at) => Date.parse(at));
  expect(next).toHaveLength(10);
  for (const at of next) expect(at).toBeGreaterThan(asked);
});

test('the next ten times of a 10-minute schedule are read from Temporal, and an hour back-filled gives six runs', async () => {
  await it.apply(pipeline('steady', 'true') + trigger('ten-minutes', '{ every: 10m }', 'steady'));
  const { next, every, state } = await it.schedule('ten-minutes');
  expect({ every, state }).toEqual({ every: 'every 10 minutes', state: 'same' });
  expect(next).toHaveLength(10);
  const times = next.map((at) => Date.parse(at));
  expect(times[0]).toBeGreaterThan(Date.now() - 600_000);
  for (const [index, at] of times.entries()) expect(at).toBe((times[0] ?? 0) + index * 600_000);
  const seen = await it.temporal('schedule', 'describe', '--schedule-id', 'schedule/ten-minutes', '-o', 'json');
  const { info } = JSON.parse(seen) as { info: { futureActionTimes: string[] } };
  expect(info.futureActionTimes.map((at) => Date.parse(at))).toEqual(times);
  const preview = await it.call<NextTimes>('POST', '/schedules/preview', { schedule: { every: '10m' } });
  expect(preview.next.map((at) => Date.parse(at))).toEqual(times);

  const from = '2026-01-01T08:00:00Z';
  const to = '2026-01-01T09:00:00Z';
  const made = await it.server.json<Backfilled>('schedule', 'backfill', 'ten-minutes', '--from', from, '--to', to);
  expect(made).toMatchObject({ times: 6, had: 0 });
  const succeeded = async () => (await it.runs('steady')).filter(({ status }) => status === 'succeeded').length;
  await expect.poll(succeeded, patient).toBe(6);
  const { firings } = await it.schedule('ten-minutes');
  expect(firings.map(({ scheduledAt }) => scheduledAt).sort()).toEqual(
    ['08:00', '08:10', '08:20', '08:30', '08:40', '08:50'].map((clock) => `2026-01-01T${clock}:00Z`),
  );

  const again = await it.call<Backfilled>('POST', '/schedules/ten-minutes/backfill', {
    from,
    to: '2026-01-01T09:10:00Z',
  });
  expect(again).toEqual({ times: 1, had: 6 });
  await expect.poll(succeeded, patient).toBe(7);
  await expect.poll(async () => (await it.schedule('ten-minutes')).running, patient).toBe(0);
  expect(await it.runs('steady')).toHaveLength(7);
  const { started, firings: seven } = await it.schedule('ten-minutes');
  expect(started).toBe(7);
  const [first] = seven;
  expect(await it.call('GET', `/deliveries/${first?.id}`)).toMatchObject({ sentBy: 'local/admin' });

  await it.call('POST', `/deliveries/${first?.id}/resend`);
  await expect.poll(succeeded, patient).toBe(8);
  const [newest] = (await it.schedule('ten-minutes')).firings;
  expect([newest?.scheduledAt, newest?.id === first?.id]).toEqual([first?.scheduledAt, false]);
});

test('run now starts beside what goes on, and the next times stay', async () => {
  await it.apply(
    pipeline('slow', 'sleep 600') + trigger('nightly', '{ cron: "0 3 * * *", time_zone: Europe/Berlin }', 'slow'),
  );
  const { next } = await it.schedule('nightly');
  expect(await it.server.cli('schedule', 'run', 'nightly')).toMatchObject({ status: 0 });
  await expect.poll(async () => (await it.runs('slow')).length, patient).toBe(1);
  await new Promise((done) => setTimeout(done, 1100));
  expect(await it.server.cli('schedule', 'run', 'nightly')).toMatchObject({ status: 0 });
  await expect.poll(async () => (await it.schedule('nightly')).running, patient).toBe(2);
  for (const { id } of (await it.schedule('nightly')).firings)
    expect(await it.call('GET', `/deliveries/${id}`)).toMatchObject({ sentBy: 'local/admin' });
  expect((await it.schedule('nightly')).next).toEqual(next);
  for (const { number } of await it.runs('slow')) await it.server.cli('stop', `slow/${number}`);
  await expect.poll(async () => (await it.schedule('nightly')).running, patient).toBe(0);
});
