import { beforeAll, describe, expect, test } from 'vitest';
import type { RunDetail, RunSummary, WorkerInfo } from '../../core/api/objects.ts';
import type { JobKey } from '../../core/keys.ts';
import type { Wait } from '../../core/run-state.ts';
import { createRunStates } from '../../platform/run-state/index.ts';
import type { ApiClient } from '../../workers/engine/api-client.ts';
import { createHttpSetting, type HttpSetting } from './setting.ts';

let setting: HttpSetting;
let api: ApiClient;
beforeAll(async () => {
  setting = await createHttpSetting();
  api = setting.client();
});

function hello(id: string, labels: Record<string, string> = {}) {
  const engines = ['local', 'native'].map((type) => ({ type, found: 'here' }));
  return api.hello({ id, host: `host-${id}`, os: 'linux', arch: 'amd64', engines, labels, capacity: 2 });
}
const beat = (id: string, running = 0) => api.heartbeat({ id, running, stopping: false, held: [], strangers: [] });
async function newJob(): Promise<JobKey> {
  return { runId: await setting.run(), jobPath: 'a', jobAttempt: 1 };
}
async function worker(id: string): Promise<WorkerInfo | undefined> {
  const { items } = (await setting.call<{ items: WorkerInfo[] }>('GET', '/workers')).body;
  return items.find((each) => each.id === id);
}
/** The Job `a` of a new run as the run tells of it. */
async function putJob(status: string, more: { wait?: Wait; job?: JobKey; startedAt?: string } = {}): Promise<JobKey> {
  const key = more.job ?? (await newJob());
  const action = { name: 'step', type: 'run', status, exitStatus: null, output: null, reason: null, attempt: 1 };
  const times = { startedAt: more.startedAt ?? null, endedAt: null };
  const job = { path: 'a', name: 'a', parent: null, requires: [], status, reason: null, wait: more.wait ?? null };
  const rest = { attempt: 1, inherited: false, worker: null, output: {}, ...times };
  await createRunStates({ pool: setting.db.pool }).applyTransition(
    {
      runId: key.runId,
      status: 'running',
      reason: null,
      seq: 1,
      ...times,
      jobs: [{ ...job, ...rest, actions: [{ ...action, ...times, position: 0 }] }],
    } as never,
    'run',
    true,
  );
  return key;
}
async function readJob({ runId }: JobKey) {
  const { jobs } = (await setting.call<RunDetail>('GET', `/runs/${runId}`)).body;
  return jobs[0];
}

describe('a Worker that drains', () => {
  test('claims nothing new, keeps what it has, and says when it has nothing', async () => {
    await hello('drains');
    const mine = await newJob();
    expect(await api.claim(mine, 'drains')).toHaveProperty('jobToken');
    await putJob('running', { job: mine });
    await setting.call('POST', '/workers/drains/drain');
    expect(await api.claim(await newJob(), 'drains')).toEqual({ draining: true });
    expect(await api.claim(mine, 'drains')).toHaveProperty('jobToken');
    expect((await beat('drains', 1)).draining).toBe(true);
    expect(await worker('drains')).toMatchObject({
      draining: true,
      drained: false,
      jobs: [{ runId: mine.runId, path: 'a' }],
    });
    await setting.db.pool.query(`update job_runs set status = 'succeeded' where "runId" = $1`, [mine.runId]);
    expect(await worker('drains')).toMatchObject({ drained: false, running: 1 });
    await beat('drains');
    expect(await worker('drains')).toMatchObject({ drained: true, jobs: [] });
  });

  test('still drains when it comes back, until it is told otherwise', async () => {
    await hello('drains');
    expect((await beat('drains')).draining).toBe(true);
    await setting.call('POST', '/workers/drains/resume');
    expect((await beat('drains')).draining).toBe(false);
    expect(await api.claim(await newJob(), 'drains')).toHaveProperty('jobToken');
  });

  test('is told so by people only, who are written down', async () => {
    const asWorker = { authorization: `Bearer ${setting.workerToken}` };
    expect(await setting.refused('POST', '/workers/drains/drain', undefined, asWorker)).toMatchObject({ status: 403 });
    expect(await setting.refused('POST', '/workers/nobody/drain')).toMatchObject({ status: 404 });
    const { items } = (await setting.call<{ items: object[] }>('GET', '/audit?limit=200')).body;
    expect(items).toContainEqual(
      expect.objectContaining({ who: 'local/admin', method: 'workerWrite', what: 'POST /api/v1/workers/drains/drain' }),
    );
  });
});

test('a Worker says what of the saved requirements it meets', async () => {
  await setting.apply(
    `kind: Pipeline\nname: wants\njobs: [{ name: a, runs_on: { gpu: 'true', platform: linux/amd64 }, actions: [{ run: 'x' }] }]\n`,
  );
  await hello('gpu', { gpu: 'true' });
  await hello('plain');
  const serves = { engine: 'local', requires: { gpu: 'true', platform: 'linux/amd64' } };
  expect((await worker('gpu'))?.serves).toContainEqual(serves);
  expect((await worker('plain'))?.serves).not.toContainEqual(serves);
});

test('a Job that waits says which requirement no Worker meets, as Workers come, fill up and go', async () => {
  await setting.db.pool.query('delete from workers');
  const wait = { kind: 'worker', engine: 'local', requires: { size: 'xl' } } as const;
  const job = await putJob('queued', { wait });
  const text = async () => {
    const now = (await readJob(job))?.wait;
    return now?.kind === 'worker' ? now.search?.text : undefined;
  };
  expect(await text()).toBe('No Worker is there');
  await hello('small');
  expect(await text()).toBe('No Worker has the label size=xl; 1 Worker serves local');
  await hello('large', { size: 'xl' });
  expect(await text()).toBe('A Worker takes it in a moment');
  await beat('large', 2);
  expect(await text()).toBe('The only Worker that could take it is full');
  await setting.call('POST', '/workers/large/drain');
  expect(await text()).toBe('The only Worker that could take it is draining');
  await setting.db.pool.query(`update workers set "seenAt" = now() - interval '31 seconds' where id = 'large'`);
  expect(await text()).toContain('host-large, which could take it, is lost');
});

test('a Job that waits says where it stands among those that ask the same: by priority, then as they asked', async () => {
  const wait = { kind: 'worker', engine: 'local', requires: { line: 'a' } } as const;
  const at = (second: number) => `2026-01-01T00:00:0${second}.000Z`;
  const late = await putJob('queued', { wait, startedAt: at(3) });
  const early = await putJob('queued', { wait, startedAt: at(1) });
  const urgent = await putJob('queued', { wait, startedAt: at(5) });
  const other = await putJob('queued', { wait: { ...wait, requires: {} }, startedAt: at(0) });
  await setting.db.pool.query('update runs set priority = 1 where id = $1', [urgent.runId]);
  const position = async (job: JobKey) => {
    const now = (await readJob(job))?.wait;
    return now?.kind === 'worker' ? now.position : undefined;
  };
  const positions = () => Promise.all([late, early, urgent, other].map(position));
  expect(await positions()).toEqual([3, 2, 1, 1]);
  expect((await readJob(late))?.wait).toMatchObject({
    endsWhen: 'A Worker that meets what it asks for takes it; 2 ask the same before it',
  });
  const { items } = (await setting.call<{ items: RunSummary[] }>('GET', '/runs')).body;
  expect(items.find(({ id }) => id === late.runId)?.wait).toMatchObject({ kind: 'worker', position: 3 });
  await setting.db.pool.query(`update runs set status = 'stopped' where id = $1`, [urgent.runId]);
  expect(await positions()).toEqual([2, 1, undefined, 1]);
});

test('a Job that runs says so when its Worker is not heard of for 30 seconds', async () => {
  await hello('goes');
  const job = await newJob();
  await api.claim(job, 'goes');
  await putJob('running', { job });
  expect((await readJob(job))?.reason).toBeNull();
  await setting.db.pool.query(`update workers set "seenAt" = now() - interval '31 seconds' where id = 'goes'`);
  expect((await readJob(job))?.reason).toMatch(/^Its Worker goes on host-goes was last heard of at /);
});
