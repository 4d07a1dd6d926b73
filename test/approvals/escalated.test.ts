import { beforeAll, expect, test } from 'vitest';
import type { RunDetail, RunSummary } from '../../core/api/objects.ts';
import { createRunStates } from '../../platform/run-state/index.ts';
import { type ApprovalSetting, createApprovalSetting } from './setting.ts';

let setting: ApprovalSetting;
beforeAll(async () => {
  setting = await createApprovalSetting();
});

/** The run tells, as its workflow does, that its Job waits for those who were asked first. */
async function waitsFor(approvalId: string): Promise<void> {
  const { id: runId, queuedAt: at } = setting.run();
  const job = {
    path: 'a',
    name: 'a',
    parent: null,
    requires: [],
    status: 'waiting' as const,
    reason: null,
    wait: { kind: 'approval' as const, approvalId, roles: ['release'] },
    attempt: 1,
    inherited: false,
    worker: null,
    output: {},
    startedAt: at,
    endedAt: null,
    actions: [],
  };
  const state = { status: 'waiting' as const, reason: null, startedAt: at, endedAt: null, jobs: [job] };
  await createRunStates(setting.db).applyTransition({ runId, seq: 1, ...state }, 'run', true);
}

const detail = async () => (await setting.call<RunDetail>('GET', `/runs/${setting.run().id}`)).body;
const listed = async () =>
  (await setting.call<{ items: RunSummary[] }>('GET', '/runs')).body.items.find(({ id }) => id === setting.run().id);

test('a run says who may decide now, in lists and by itself, and whoever looks at it is told', async () => {
  await setting.newRun();
  const item = await setting.ask({ escalate: { after: '1d', roles: ['director'] } }, { roles: ['release'] });
  await waitsFor(item.id);
  const told = async () => {
    const { wait, jobs } = await detail();
    return [wait, jobs[0]?.wait, (await listed())?.wait];
  };
  const first = { roles: ['release'], endsWhen: 'Somebody of the role release approves or rejects' };
  expect(await told()).toMatchObject([first, first, first]);

  const client = await setting.db.pool.connect();
  try {
    const heard: string[] = [];
    client.on('notification', ({ payload = '' }) => void heard.push(payload));
    await client.query('listen palvella');
    await setting.db.pool.query(`update approvals set "escalateAt" = now() - interval '1 second' where id = $1`, [
      item.id,
    ]);
    expect(await setting.services.approvals.remind()).toBe(1);
    const event = JSON.stringify({ kind: 'run', run: setting.run().id, pipeline: 'held' });
    await expect.poll(() => heard).toContain(event);
  } finally {
    client.release(true);
  }

  const now = {
    roles: ['director', 'release'],
    endsWhen: 'Somebody of the role director or release approves or rejects',
  };
  expect(await told()).toMatchObject([now, now, now]);
});
