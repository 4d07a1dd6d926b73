import { beforeAll, expect, test } from 'vitest';
import { pipeline, type ScheduleSetting, startScheduleSetting, trigger } from './schedule-setting.ts';

let it: ScheduleSetting;
const patient = { timeout: 60_000, interval: 200 };

beforeAll(async () => {
  it = await startScheduleSetting();
});

const open = async (name: string) => (await it.runs(name)).filter(({ status }) => status === 'running');

/** A Pipeline that goes on until it is stopped, started every second under a policy. */
async function start(name: string, overlap: string): Promise<void> {
  await it.apply(
    pipeline(name, 'sleep 600') + trigger(`${name}-each-second`, `{ every: 1s, overlap: ${overlap} }`, name),
  );
  await expect.poll(async () => (await open(name)).length, patient).toBeGreaterThanOrEqual(1);
}

async function end(name: string): Promise<void> {
  await it.call('POST', `/schedules/${name}-each-second/pause`, {});
  for (const { number, status } of await it.runs(name)) {
    if (status === 'running' || status === 'queued') await it.server.cli('stop', `${name}/${number}`);
  }
}

test('skip: nothing starts while a run goes on, which is counted, and the next time starts once it has ended', async () => {
  await start('skips', 'skip');
  await expect.poll(async () => (await it.schedule('skips-each-second')).skipped, patient).toBeGreaterThanOrEqual(3);
  expect(await it.runs('skips')).toHaveLength(1);
  await it.server.cli('stop', 'skips/1');
  await expect.poll(async () => (await it.runs('skips')).length, patient).toBe(2);
  await end('skips');
});

test('buffer: one start waits, and it is made when the run has ended', async () => {
  await start('buffers', 'buffer');
  await expect.poll(async () => (await it.schedule('buffers-each-second')).skipped, patient).toBeGreaterThanOrEqual(1);
  expect(await it.runs('buffers')).toHaveLength(1);
  const wait = { kind: 'overlap', starts: 1, endsWhen: 'The runs of the start before have ended' };
  expect((await it.schedule('buffers-each-second')).wait).toEqual(wait);
  await expect
    .poll(async () => (await it.server.cli('schedules')).stdout, patient)
    .toContain('1 start waits for an earlier one to end; goes on when: ');
  await it.server.cli('stop', 'buffers/1');
  await expect.poll(async () => (await it.runs('buffers')).length, patient).toBe(2);
  const [first] = await it.runs('buffers');
  const { firings } = await it.schedule('buffers-each-second');
  const ofSecond = firings.find(({ runs }) => runs.some(({ number }) => number === 2));
  expect(Date.parse(ofSecond?.scheduledAt ?? '')).toBeLessThan(Date.parse(first?.endedAt ?? ''));
  await end('buffers');
});

test('buffer_all: every start waits, and they run one after another', async () => {
  await it.apply(
    pipeline('queues', 'sleep 3') + trigger('queues-each-second', '{ every: 1s, overlap: buffer_all }', 'queues'),
  );
  const ended = async () => (await it.runs('queues')).filter(({ endedAt }) => endedAt !== null);
  await expect.poll(async () => (await ended()).length, patient).toBeGreaterThanOrEqual(3);
  const { wait } = await it.schedule('queues-each-second');
  expect(wait?.kind === 'overlap' ? wait.starts : 0).toBeGreaterThan(1);
  const runs = await ended();
  for (const [index, { startedAt }] of runs.entries()) {
    const before = runs[index - 1]?.endedAt;
    if (before) expect(Date.parse(startedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(before));
  }
  expect((await it.schedule('queues-each-second')).skipped).toBe(0);
  await it.server.cli('remove', 'Trigger', 'queues-each-second');
});

test('cancel: the run that goes on is stopped, its teardown over before the next starts', async () => {
  await start('cancels', 'cancel');
  await expect.poll(async () => (await it.runs('cancels')).length, patient).toBeGreaterThanOrEqual(3);
  await it.call('POST', '/schedules/cancels-each-second/pause', {});
  const runs = await it.runs('cancels');
  expect(runs.slice(0, -1).map(({ status }) => status)).toEqual(runs.slice(0, -1).map(() => 'stopped'));
  expect(await it.call('GET', '/runs/cancels%2F1')).toMatchObject({
    reason: 'It was stopped by schedule/cancels-each-second.',
  });
  await end('cancels');
});

test('allow: they run beside each other', async () => {
  await start('allows', 'allow');
  await expect.poll(async () => (await open('allows')).length, patient).toBeGreaterThanOrEqual(2);
  await end('allows');
});
