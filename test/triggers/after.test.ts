import { beforeAll, expect, test } from 'vitest';
import type { Delivery, DeliveryReceipt } from '../../core/api/triggers.ts';
import type { RunState } from '../../core/run-state.ts';
import { createRunStates } from '../../platform/run-state/index.ts';
import { createTriggerSetting, githubHeaders, payload, type TriggerSetting } from './setting.ts';

let setting: TriggerSetting;
beforeAll(async () => {
  setting = await createTriggerSetting();
  await setting.apply(`kind: Pipeline
name: deploy
parameters: [{ name: token, type: string, default: hunter2, secret: true }, { name: of, type: string, default: '' }]
jobs: [{ name: a, actions: [{ run: 'true' }] }]
---
kind: Pipeline
name: tell
parameters: [{ name: text, type: string }]
jobs: [{ name: a, actions: [{ run: 'true' }] }]
---
kind: Trigger
name: start-build
rest: {}
runs: [{ pipeline: build }]
---
kind: Trigger
name: on-push
github: { secret: { from_credential: hook-secret }, events: [push, pull_request] }
runs: [{ pipeline: build }]
---
kind: Trigger
name: after-build
after: { pipeline: build }
runs: [{ pipeline: deploy, args: { of: "\${{ trigger.payload.pipeline }}" } }]
---
kind: Trigger
name: bad-end
after: { pipeline: build, status: [failed, timed_out] }
runs: [{ pipeline: tell, args: { text: "\${{ trigger.action }}" } }]
---
kind: Trigger
name: after-deploy
after: { pipeline: deploy }
`);
});

async function startBuild(): Promise<string> {
  const { body } = await setting.call<DeliveryReceipt>('POST', '/triggers/start-build', {});
  return (await setting.decided(body.delivery)).runs[0]?.run?.id as string;
}

const at = '2026-01-01T00:00:00.000Z';
async function end(runId: string, status: RunState['status'], seq = 9): Promise<void> {
  const states = createRunStates(setting.db);
  await states.close({ runId, seq, status, reason: null, startedAt: at, endedAt: at, jobs: [] });
}

async function of(trigger: string): Promise<Delivery[]> {
  await setting.decide();
  return setting.deliveries(`trigger=${trigger}`);
}

test('the end of a run starts what looks for it, once, however often it is written', async () => {
  const run = await startBuild();
  await end(run, 'succeeded');
  await end(run, 'succeeded', 10);
  await end(run, 'failed', 11);
  const [delivery, ...others] = await of('after-build');
  expect(others).toEqual([]);
  expect(delivery).toMatchObject({ state: 'recorded', source: 'after', event: 'ended', sentBy: 'run/build/1' });
  expect(delivery?.runs[0]?.run?.parameters['of']).toBe('build');
  expect(await of('bad-end')).toEqual([]);
  expect(await of('after-deploy')).toEqual([]);
});

test('another end starts what looks for that', async () => {
  const run = await startBuild();
  await end(run, 'failed');
  expect((await of('bad-end')).map(({ runs }) => runs[0]?.run?.parameters)).toEqual([{ text: 'failed' }]);
});

test('it is written with the end, or neither is', async () => {
  const run = await startBuild();
  const before = (await of('bad-end')).length;
  await setting.db.pool.query(`alter table deliveries add constraint none check (source <> 'after') not valid`);
  await expect(end(run, 'failed')).rejects.toThrow(/none/);
  expect((await setting.services.runs.get(run)).status).toBe('queued');
  await setting.db.pool.query('alter table deliveries drop constraint none');
  await end(run, 'failed');
  expect(await of('bad-end')).toHaveLength(before + 1);
});

test('what began a run is what its end is about, and that it came from a fork too', async () => {
  const body = payload('github-pull-request-fork');
  const { body: receipt } = await setting.send('on-push', body, githubHeaders('pull_request', body));
  const { runs } = await setting.decided(receipt.delivery);
  await end(runs[0]?.run?.id as string, 'succeeded');
  const [delivery] = await of('after-build');
  expect(delivery?.facts).toMatchObject({ branch: 'main', fork: true, chain: 1, action: 'succeeded' });
  const detail = await setting.decided(delivery?.id ?? '');
  expect(JSON.parse(detail.payload)).toMatchObject({
    pipeline: 'build',
    status: 'succeeded',
    trigger: { name: 'on-push', source: 'github', event: 'pull_request', delivery: receipt.delivery },
  });
});

test('a secret parameter is in no payload', async () => {
  const { body } = await setting.call<{ id: string }>('POST', '/pipelines/deploy/runs', {
    parameters: { token: 'hunter3' },
  });
  await end(body.id, 'succeeded');
  const [delivery] = await of('after-deploy');
  const { payload: text, reason } = await setting.decided(delivery?.id ?? '');
  expect(text).not.toContain('hunter');
  expect(text).toContain('***');
  expect(reason).toContain('No Pipeline is registered');
});

test('Pipelines that start one another in a row for ever are stopped, also through an Action that starts one', async () => {
  const parent = await startBuild();
  await setting.db.pool.query(`update runs set trigger = trigger || '{"chain": 20}' where id = $1`, [parent]);
  const between = await startBuild();
  await setting.db.pool.query('update runs set trigger = $2 where id = $1', [between, { kind: 'run', run: parent }]);
  await end(between, 'succeeded');
  const [delivery] = await of('after-build');
  expect(delivery).toMatchObject({ state: 'dropped', reason: expect.stringContaining('in a row'), runs: [] });
});
