import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import type { DeliveryReceipt } from '../../core/api/triggers.ts';
import { createTriggerSetting, type TriggerSetting } from './setting.ts';

let setting: TriggerSetting;
beforeAll(async () => {
  setting = await createTriggerSetting();
  await setting.apply(
    ['released', 'raced', 'filtered', 'large', 'both', 'over', 'starts'].map((name) => trigger(name)).join('---\n'),
  );
});

function trigger(name: string): string {
  const more: Record<string, string> = {
    filtered: 'if: trigger.payload.go == true\n',
    both: 'runs: [{ pipeline: build }]\n',
    starts: 'runs: [{ pipeline: build }]\n',
  };
  return `kind: Trigger\nname: ${name}\nrest: {}\n${more[name] ?? ''}`;
}

async function startRun(): Promise<string> {
  return (await setting.decided(await call('starts', {}))).runs[0]?.run?.id as string;
}

async function ask(of: string, attempt = 1, runId?: string) {
  const run = runId ?? (await startRun());
  const key = { runId: run, jobPath: 'make', jobAttempt: 1, action: 'hold', attempt, trigger: of };
  return { ...(await setting.waits.ask(key)), key };
}

async function call(of: string, payload: unknown) {
  const { body } = await setting.call<DeliveryReceipt>('POST', `/triggers/${of}`, payload);
  return body.delivery;
}

test('what comes later wakes all that wait, each once, and each run is told', async () => {
  const early = await call('released', { n: 0 });
  const waits = [await ask('released'), await ask('released')];
  expect(waits.map(({ outcome }) => outcome.state)).toEqual(['waiting', 'waiting']);
  expect((await setting.decided(early)).state).toBe('dropped');
  const [first, second] = [await call('released', { n: 1 }), await call('released', { n: 2 })];
  expect(await setting.decided(first)).toMatchObject({ state: 'recorded', reason: 'Woke 2 Jobs that waited for it.' });
  expect(await setting.decided(second)).toMatchObject({
    state: 'dropped',
    reason: expect.stringContaining('no Job waits'),
  });
  for (const { waitId } of waits) {
    expect(await setting.waits.read(waitId)).toEqual({ state: 'sent', delivery: first, output: { n: 1 }, note: null });
    expect(setting.signals).toContainEqual(['triggerSent', { waitId }]);
  }
  expect(await setting.waits.deliver()).toBe(0);
});

test('asked again it is the same wait; another try of the Action waits anew', async () => {
  const { waitId, key } = await ask('over');
  expect((await ask('over', 1, key.runId)).waitId).toBe(waitId);
  const delivery = await call('over', 'text');
  await setting.decided(delivery);
  expect((await ask('over', 1, key.runId)).outcome).toMatchObject({ state: 'sent', output: { payload: 'text' } });
  expect((await ask('over', 2, key.runId)).outcome).toEqual({ state: 'waiting' });
});

test('what the Trigger does not look for wakes nobody', async () => {
  const { waitId } = await ask('filtered');
  expect((await setting.decided(await call('filtered', { go: false }))).state).toBe('dropped');
  expect(await setting.waits.read(waitId)).toEqual({ state: 'waiting' });
  expect((await setting.decided(await call('filtered', {}))).reason).toContain('could not be computed');
  await setting.decided(await call('filtered', { go: true }));
  expect((await setting.waits.read(waitId)).state).toBe('sent');
});

test('it may start a run and wake a Job', async () => {
  await ask('both');
  expect((await setting.decided(await call('both', {}))).reason).toMatch(
    /^Started build\/\d+\. Woke a Job that waited for it\.$/,
  );
});

test('a wait that ended, or whose run has ended, is not woken', async () => {
  const [withdrawn, over] = [await ask('released'), await ask('released')];
  expect(await setting.waits.end(withdrawn.waitId)).toEqual({ state: 'ended' });
  await setting.db.pool.query(`update runs set "endedAt" = now(), status = 'stopped' where id = $1`, [over.key.runId]);
  expect((await setting.decided(await call('released', {}))).state).toBe('dropped');
});

test('a large payload is no output, and that is said', async () => {
  const { waitId } = await ask('large');
  await setting.decided(await call('large', { text: 'x'.repeat(40_000) }));
  expect(await setting.waits.read(waitId)).toMatchObject({ output: {}, note: expect.stringContaining('32 KiB') });
});

test('none that waits is passed over, whenever it began', async () => {
  for (let round = 0; round < 15; round += 1) {
    const runId = await startRun();
    const [{ waitId }] = await Promise.all([
      ask('raced', 1, runId),
      call('raced', { round, id: randomUUID() }).then(() => setting.decide()),
      setting.decide(),
    ]);
    const delivery = await call('raced', { last: round });
    await setting.decided(delivery);
    // Of this round's delivery, or of the next: but never none.
    expect((await setting.waits.read(waitId)).state).toBe('sent');
  }
});
