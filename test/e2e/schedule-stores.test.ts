import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, expect, test } from 'vitest';
import type { Removed } from '../../core/api/definitions.ts';
import type { Firing } from '../../core/api/schedules.ts';
import { pipeline, type ScheduleSetting, startScheduleSetting, trigger } from './schedule-setting.ts';

let it: ScheduleSetting;
/** Longer than the reconciler takes to look again. */
const patient = { timeout: 90_000, interval: 500 };
const id = (name: string) => ['--schedule-id', `schedule/${name}`];

beforeAll(async () => {
  it = await startScheduleSetting();
  await it.apply(pipeline('p', 'true'));
});

async function known(name: string): Promise<boolean> {
  return (await it.temporal('schedule', 'list', '-o', 'json')).includes(`"schedule/${name}"`);
}

test('what the temporal program pauses shows here with its reason, and what is paused here shows there', async () => {
  await it.apply(trigger('toggled', '{ every: 10m }', 'p'));
  await it.temporal('schedule', 'toggle', '--pause', '--reason', 'by hand', ...id('toggled'));
  await expect
    .poll(() => it.schedule('toggled'), patient)
    .toMatchObject({ paused: true, note: 'by hand', state: 'same' });
  await expect
    .poll(async () => (await it.server.cli('schedules')).stdout, patient)
    .toContain('toggled  paused: by hand');
  await it.server.cli('schedule', 'resume', 'toggled', '--note', 'better now');
  const seen = async () =>
    JSON.parse(await it.temporal('schedule', 'describe', '-o', 'json', ...id('toggled'))) as unknown;
  await expect.poll(seen, patient).toMatchObject({ schedule: { state: { notes: 'better now' } } });
  await it.server.cli('schedule', 'pause', 'toggled');
  await expect
    .poll(seen, patient)
    .toMatchObject({ schedule: { state: { paused: true, notes: 'Paused by local/admin' } } });
  await it.apply(trigger('toggled', '{ every: 20m }', 'p'));
  await expect
    .poll(() => it.schedule('toggled'), patient)
    .toMatchObject({ every: 'every 20 minutes', paused: true, state: 'same' });
  await it.apply(trigger('toggled', '{ every: 20m, paused: true }', 'p'));
  await it.apply(trigger('toggled', '{ every: 20m }', 'p'));
  await expect.poll(() => it.schedule('toggled'), patient).toMatchObject({ paused: false });
});

test('times that the temporal program changed are shown, survive the reconciler, and can be put back', async () => {
  await it.apply(trigger('altered', '{ cron: "0 3 * * *" }', 'p'));
  const action = ['--type', 'scheduledStart', '--task-queue', 'control', '--workflow-id', 'scheduled/altered'];
  const input = ['--input', '{"trigger":"altered"}'];
  await it.temporal('schedule', 'update', '--interval', '45m', ...action, ...input, ...id('altered'));
  await expect
    .poll(() => it.schedule('altered'), patient)
    .toMatchObject({ every: 'every 45 minutes', state: 'changed' });
  await sleep(35_000);
  expect(await it.schedule('altered')).toMatchObject({ every: 'every 45 minutes', state: 'changed' });
  await it.call('POST', '/schedules/altered/put-back', {});
  await expect.poll(() => it.schedule('altered'), patient).toMatchObject({ every: 'at 03:00', state: 'same' });
});

test('a Pipeline that is renamed takes its schedule along, paused as it was, and starts under its new name', async () => {
  await it.apply(pipeline('before', 'true') + trigger('follows', '{ every: 1h }', 'before'));
  await it.server.cli('schedule', 'pause', 'follows', '--note', 'not yet');
  await it.call('POST', '/definitions/Pipeline/before/rename', { to: 'after' });
  await expect
    .poll(() => it.schedule('follows'), patient)
    .toMatchObject({ pipelines: ['after'], paused: true, note: 'not yet', state: 'same' });
  await it.call('POST', '/schedules/follows/run', {});
  await expect.poll(async () => (await it.server.cli('show', 'after/1')).status, patient).toBe(0);
});

test('the reconciler makes what is missing, deletes what nobody wants, and leaves what is not ours', async () => {
  await it.apply(trigger('lost', '{ every: 10m }', 'p') + trigger('unwanted', '{ every: 10m }', 'p'));
  await it.temporal('schedule', 'delete', ...id('lost'));
  // As where the server was killed between its two stores.
  const { rowCount } = await it.sql(`delete from definitions where kind = 'Trigger' and name = 'unwanted'`);
  expect(rowCount).toBe(1);
  const foreign = ['--interval', '10m', '--type', 'x', '--task-queue', 'x', '--workflow-id', 'x'];
  await it.temporal('schedule', 'create', ...foreign, ...id('foreign'));
  await expect.poll(() => it.schedule('lost'), patient).toMatchObject({ state: 'pending', next: [] });
  await expect.poll(() => known('unwanted'), patient).toBe(false);
  await expect.poll(() => it.schedule('lost'), patient).toMatchObject({ state: 'same', every: 'every 10 minutes' });
  expect(await known('foreign')).toBe(true);
});

test('a version that was saved while Temporal was not told is told by the reconciler', async () => {
  await it.apply(trigger('late', '{ every: 10m }', 'p'));
  await it.sql(
    `with next as (update definitions set version = version + 1 where kind = 'Trigger' and name = 'late' returning id, version)
     insert into definition_versions ("definitionId", version, source, spec, author)
     select id, next.version, source, jsonb_set(spec, '{schedule,every}', '"30m"'), author
     from next join definition_versions v on v."definitionId" = id and v.version = next.version - 1`,
  );
  await expect.poll(() => it.schedule('late'), patient).toMatchObject({ state: 'same', every: 'every 30 minutes' });
});

test('a schedule that Temporal does not take says why, goes by what it had before, and is taken once it is mended', async () => {
  // This name is known to Node and not to Temporal.
  const zoned = (name: string, zone: string) => trigger(name, `{ cron: "0 3 * * *", time_zone: ${zone} }`, 'p');
  await it.apply(zoned('odd-zone', 'JST') + zoned('zone-turns-odd', 'Asia/Tokyo'));
  await expect.poll(() => it.schedule('zone-turns-odd'), patient).toMatchObject({ state: 'same', refusal: null });
  await it.apply(zoned('zone-turns-odd', 'JST'));
  const refusal = expect.stringContaining('unknown time zone JST');
  await expect.poll(() => it.schedule('odd-zone'), patient).toMatchObject({ state: 'refused', refusal, next: [] });
  const turned = await it.schedule('zone-turns-odd');
  expect(turned).toMatchObject({ state: 'refused', refusal, version: 2, timeZone: 'Asia/Tokyo' });
  expect(turned.next).toHaveLength(10);
  await expect
    .poll(() => it.server.cli('schedules'), patient)
    .toMatchObject({ status: 0, stdout: expect.stringContaining('is not taken by Temporal: ') });
  await expect(it.call('POST', '/schedules/odd-zone/pause', {})).rejects.toThrow('409');
  await it.call('POST', '/schedules/zone-turns-odd/pause', { note: 'held' });
  expect(await it.schedule('zone-turns-odd')).toMatchObject({ state: 'refused', paused: true, note: 'held' });
  await it.call('POST', '/schedules/zone-turns-odd/resume', {});

  await it.apply(zoned('odd-zone', 'Asia/Tokyo') + zoned('zone-turns-odd', 'UTC'));
  for (const name of ['odd-zone', 'zone-turns-odd'])
    await expect.poll(() => it.schedule(name), patient).toMatchObject({ state: 'same', refusal: null });
  expect((await it.sql('select from schedule_refusals')).rowCount).toBe(0);
});

test('a Pipeline that is removed takes along the schedules that start nothing else, and names those that do', async () => {
  await it.apply(pipeline('going', 'true') + trigger('goes-along', '{ every: 10m }', 'going'));
  await it.apply(
    `kind: Trigger\nname: starts-two\nschedule: { every: 10m }\nruns: [{ pipeline: going }, { pipeline: p }]\n`,
  );
  const refused = await it.server.cli('remove', 'Pipeline', 'going');
  expect(refused.status).toBe(2);
  expect(refused.stderr).toContain('saved Trigger starts-two');
  expect(await known('goes-along')).toBe(true);
  await it.server.cli('remove', 'Trigger', 'starts-two');
  expect(await it.server.json<Removed['removed']>('remove', 'Pipeline', 'going')).toEqual([
    { kind: 'Pipeline', name: 'going' },
    { kind: 'Trigger', name: 'goes-along' },
  ]);
  await expect.poll(() => known('goes-along'), patient).toBe(false);
});

test('a schedule is saved while Temporal is away, and what was missed meanwhile is made up for without a flood', async () => {
  await it.apply(trigger('steady', '{ every: 2s, catch_up: 10s }', 'p'));
  await expect.poll(async () => (await it.schedule('steady')).lastRun?.status, patient).toBe('succeeded');
  const before = await it.runs('p');
  process.kill(it.server.pid('temporal'), 'SIGSTOP');
  const gone = Date.now();
  try {
    await expect(it.schedule('steady')).rejects.toThrow('Temporal cannot be reached');
    await it.apply(trigger('made-meanwhile', '{ every: 10m }', 'p'));
    await sleep(Math.max(0, gone + 30_000 - Date.now()));
  } finally {
    process.kill(it.server.pid('temporal'), 'SIGCONT');
  }
  await expect.poll(() => it.schedule('made-meanwhile'), patient).toMatchObject({ state: 'same' });
  await expect.poll(async () => (await it.runs('p')).length, patient).toBeGreaterThan(before.length + 2);
  // While it catches up Temporal may be too busy to be asked.
  let firings: Firing[] = [];
  const missed = async () => {
    const steady = await it.schedule('steady');
    firings = steady.firings;
    return steady.missed;
  };
  await expect.poll(missed, patient).toBeGreaterThanOrEqual(5);
  expect(new Set(firings.map(({ scheduledAt }) => scheduledAt)).size).toBe(firings.length);
});
