import { afterEach, beforeAll, expect, test } from 'vitest';
import type { RunSummary } from '../../core/api/objects.ts';
import type { PauseState } from '../../core/api/pause.ts';
import { runWorkflowId } from '../../core/keys.ts';
import { type ControlSetting, createControlSetting } from './setting.ts';

let setting: ControlSetting;

beforeAll(async () => {
  setting = await createControlSetting();
  await setting.apply(
    [
      'name: short\njobs: [{ name: j, actions: [{ set: { x: 1 } }] }]',
      'name: held\nlocks: [a]\njobs: [{ name: j, actions: [{ set: { x: 1 } }] }]',
      `name: long\nsequence: true
jobs:
  - { name: first, actions: [{ approval: { prompt: Go on? } }] }
  - { name: then, actions: [{ set: { x: 1 } }] }`,
    ].join('\n---\n'),
  );
});
afterEach(async () => {
  await setting.call('DELETE', '/pause');
});

const pause = async (note?: string) => (await setting.call<PauseState>('PUT', '/pause', { note })).body.pause;

/** What sweeps do once runs are old enough to be left to them. */
async function sweep(): Promise<void> {
  await setting.db.pool.query(`update runs set "queuedAt" = "queuedAt" - interval '1 minute' where not submitted`);
  await setting.control.submitPending();
  await setting.control.tellPause();
}

async function approve(run: RunSummary): Promise<void> {
  const { items } = (
    await setting.call<{ items: { id: string; digest: string }[] }>(
      'GET',
      `/approvals?run=${run.pipeline}%2F${run.number}`,
    )
  ).body;
  await setting.call('POST', `/approvals/${items[0]?.id}/decisions`, { verdict: 'approve', digest: items[0]?.digest });
}

test('what is started while the server is paused waits, says so, and begins when it goes on', async () => {
  expect((await setting.call<PauseState>('GET', '/pause')).body).toEqual({ pause: null });
  const paused = await pause('we move house');
  expect(paused).toMatchObject({ by: 'local/admin', note: 'we move house' });
  const runs = [await setting.start('short'), await setting.start('held')];
  await sweep();
  const wait = { kind: 'paused', ...paused, endsWhen: 'Somebody has the server go on' };
  for (const run of runs) {
    expect(await setting.get(run)).toMatchObject({ status: 'queued', wait });
  }
  expect((await setting.call<{ items: RunSummary[] }>('GET', '/runs?limit=1')).body.items[0]?.wait).toEqual(wait);
  expect((await setting.call('DELETE', '/pause')).status).toBe(204);
  expect((await setting.get(runs[0] as RunSummary)).wait).toMatchObject({ kind: 'temporal', given: false });
  await sweep();
  for (const run of runs) await setting.until(run, 'succeeded');
});

test('what runs goes on, but begins no further Job until then', async () => {
  const run = await setting.start('long');
  const { jobs } = await setting.until(run, 'waiting');
  expect(jobs[1]?.wait).toEqual({ kind: 'jobs', names: ['first'], endsWhen: 'The Job first ends' });
  await pause();
  await sweep();
  await approve(run);
  await expect
    .poll(async () => (await setting.get(run)).jobs.map(({ status, wait }) => [status, wait?.kind]))
    .toEqual([
      ['succeeded', undefined],
      ['queued', 'paused'],
    ]);
  expect(await setting.get(run)).toMatchObject({ status: 'running', wait: { kind: 'paused', by: 'local/admin' } });
  await setting.call('DELETE', '/pause');
  await sweep();
  await setting.until(run, 'succeeded');
  expect((await setting.db.pool.query('select from paused_runs')).rows).toEqual([]);
});

test('a pause that ends before a run hears of it, and another that follows, leave nothing behind', async () => {
  const run = await setting.start('long');
  await setting.until(run, 'waiting');
  for (let times = 0; times < 5; times += 1) {
    await pause();
    await setting.control.tellPause();
    await setting.call('DELETE', '/pause');
    await setting.control.tellPause();
  }
  await approve(run);
  await setting.until(run, 'succeeded');
});

/** As if a word that was sent before came only now. */
const hear = (run: RunSummary) =>
  setting.client.workflow.getHandle(runWorkflowId(run.pipeline, run.number)).signal('pauseChanged', {});

test('a run is told of each pause, and that one is over which it found by itself', async () => {
  const run = await setting.start('long');
  await setting.until(run, 'waiting');
  const told = () => setting.db.pool.query('select since from paused_runs where "runId" = $1', [run.id]);
  for (let times = 0; times < 2; times += 1) {
    const { since } = (await pause()) as { since: string };
    await setting.control.tellPause();
    await setting.call('DELETE', '/pause');
    expect((await told()).rows).toEqual([{ since }]);
  }
  await expect
    .poll(async () => {
      await setting.control.tellPause();
      return (await told()).rows;
    })
    .toEqual([]);
  await pause();
  await hear(run);
  await expect.poll(async () => (await told()).rows).toEqual([{ since: null }]);
  await setting.call('DELETE', '/pause');
  await setting.control.tellPause();
  await approve(run);
  await setting.until(run, 'succeeded');
});

test('a run that was never begun can be stopped while the server is paused', async () => {
  await pause();
  const run = await setting.start('short');
  await sweep();
  await setting.stop(run);
  await setting.until(run, 'stopped');
});

test('only an administrator pauses, and a note has a bound', async () => {
  expect((await setting.refused('PUT', '/pause', { note: 'x'.repeat(501) })).code).toBe('invalid_request');
  const asWorker = { authorization: `Bearer ${setting.workerToken}` };
  for (const method of ['PUT', 'DELETE']) {
    expect((await setting.refused(method, '/pause', method === 'PUT' ? {} : undefined, asWorker)).code).toBe(
      'forbidden',
    );
  }
  await pause('why');
  const { items } = await setting.services.audit.list({ limit: 1 });
  expect(items[0]).toMatchObject({ who: 'local/admin', method: 'serverPause', what: 'PUT /api/v1/pause' });
});
