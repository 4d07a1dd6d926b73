import { expect, test } from 'vitest';
import type { RunState } from '../../core/run-state.ts';
import type { Started } from './harness.ts';
import { box, one } from './hooked.ts';
import { interpreterForTests } from './setting.ts';

const setting = interpreterForTests();

const files = (more = '') =>
  one(
    '{ name: x, run: exit 0 }, { approval: { prompt: go on?, timeout: 1h }, on_failure: continue success }, { name: y, run: exit 0 }',
    more,
  ) + box();
const sent = () => setting.interpreter.tasks.map(({ key }) => `${key.jobAttempt} ${key.action}`);

/** The Worker is lost after the setup and x. */
async function loseIt(more = ''): Promise<{ started: Started; over: Promise<RunState> }> {
  const started = await setting.interpreter.start(files(more));
  await expect.poll(() => setting.interpreter.approvals.size, { timeout: 10_000 }).toBe(1);
  setting.interpreter.loseWorker();
  await started.decide('approved');
  const over = started.result();
  await expect
    .poll(async () => (await started.handle.query<RunState>('state')).jobs[0]?.wait?.kind, { timeout: 20_000 })
    .toBe('worker_lost');
  return { started, over };
}

test('a teardown goes to another Worker where people said that what the lost one did failed', async () => {
  const { started, over } = await loseIt();
  await started.handle.signal('resolveLost', { job: 'a', decision: 'fail', by: 'local/admin' });
  const run = await over;
  expect(run.jobs[0]).toMatchObject({ status: 'errored', attempt: 2 });
  expect(sent()).toEqual(['1 setup:box:mount', '1 x', '2 teardown:box:unmount']);
  expect(setting.interpreter.tasks.at(-1)?.environ).toEqual({ KEY: 'k', SIZE: '3' });
});

test('which is none of the tries of the Job', async () => {
  const { started, over } = await loseIt('retry: { attempts: 2, on: [errored] }, ');
  await started.handle.signal('resolveLost', { job: 'a', decision: 'fail', by: 'local/admin' });
  const run = await over;
  expect(run.jobs[0]).toMatchObject({ status: 'succeeded', attempt: 3 });
  expect(sent().slice(3)).toEqual(['3 setup:box:mount', '3 x', '3 y', '3 teardown:box:unmount']);
});

test.each(['repeat', 'done'] as const)('what goes on elsewhere after %s finds its Engine set up', async (decision) => {
  const { started, over } = await loseIt();
  await started.handle.signal('resolveLost', { job: 'a', decision, by: 'local/admin' });
  const run = await over;
  expect(run.jobs[0]).toMatchObject({ status: 'succeeded', reason: null });
  const again = ['2 teardown:box:unmount', '2 setup:box:mount', '2 y'];
  const between = decision === 'repeat' ? again : [];
  expect(sent()).toEqual(['1 setup:box:mount', '1 x', ...between, '2 teardown:box:unmount']);
});

test('a teardown whose Worker is lost meanwhile is made again on another, and nobody is asked', async () => {
  const down = '{ name: first, run: exit 0 }, { name: hold, run: sleep 300 }, { name: unmount, run: exit 0 }';
  const started = await setting.interpreter.start(one('{ name: x, run: exit 0 }') + box({ down }));
  await expect.poll(sent, { timeout: 10_000 }).toContain('1 teardown:box:hold');
  setting.interpreter.loseWorker();
  const run = await started.result();
  expect(run.jobs[0]).toMatchObject({ status: 'succeeded' });
  expect(sent().at(-1)).toBe('2 teardown:box:unmount');
});

test('the Engines of a run that was terminated are torn down, by who closes it', async () => {
  const left = { status: 'stopped', reason: 'It was terminated in Temporal.' } as const;
  const more = '  - { name: b, requires: [a], engine: box, actions: [{ name: z, run: exit 0 }] }\n';
  const group =
    '  - { name: g, jobs: [{ name: in, engine: box, actions: [{ name: x, run: hang }] }, { name: out, requires: [in], actions: [{ run: exit 0 }] }] }\n';
  const each = `  - { name: c, for_each: [1, 2], engine: box, actions: [{ name: x, run: hang }] }\n`;
  const pipeline = `name: p\njobs:\n  - { name: a, engine: box, actions: [{ name: x, run: hang }] }\n${more}${each}${group}`;
  const started = await setting.interpreter.start(pipeline + box());
  await expect.poll(() => sent().filter((one) => one === '1 x').length, { timeout: 10_000 }).toBe(4);
  const run = await started.terminate(left);
  expect(run).toMatchObject(left);
  expect(run.jobs.map(({ path, status, attempt }) => [path, status, attempt])).toEqual([
    ['a', 'stopped', 2],
    ['b', 'stopped', 0],
    ['c', 'stopped', 1],
    ['g', 'stopped', 1],
    ['g/in', 'stopped', 2],
    ['g/out', 'stopped', 0],
    ['c[0]', 'stopped', 2],
    ['c[1]', 'stopped', 2],
  ]);
  expect(sent().slice(8)).toEqual(Array(4).fill('2 teardown:box:unmount'));
  expect(setting.interpreter.tasks.at(-1)?.environ).toEqual({ KEY: 'k', SIZE: '3' });
});

test('also where a Worker had begun with the setup, and nobody had heard of it yet', async () => {
  const left = { status: 'errored', reason: 'Its workflow failed.' } as const;
  const started = await setting.interpreter.start(
    one('{ name: x, run: exit 0 }') + box({ up: '{ name: mount, run: hang }' }),
  );
  await expect.poll(sent, { timeout: 10_000 }).toEqual(['1 setup:box:mount']);
  expect(await started.terminate(left)).toMatchObject({ ...left, jobs: [{ status: 'stopped' }] });
  expect(sent()).toEqual(['1 setup:box:mount', '2 teardown:box:unmount']);
});

test('but not where no Worker had', async () => {
  const left = { status: 'stopped', reason: 'It was terminated in Temporal.' } as const;
  const files = one('{ name: x, run: exit 0 }') + box().replace('type: local', 'type: local\nruns_on: { os: none }');
  const started = await setting.interpreter.start(files);
  await expect
    .poll(async () => (await started.handle.query<RunState>('state')).jobs[0]?.wait?.kind, { timeout: 10_000 })
    .toBe('worker');
  expect(await started.terminate(left)).toMatchObject(left);
  expect(sent()).toEqual([]);
});

test('also where an Action waited to be tried again', async () => {
  const left = { status: 'stopped', reason: 'It was terminated in Temporal.' } as const;
  const started = await setting.interpreter.start(
    one('{ name: x, run: exit 1, retry: { attempts: 2, delay: 1h } }') + box(),
  );
  await expect
    .poll(async () => (await started.handle.query<RunState>('state')).jobs[0]?.wait?.kind, { timeout: 10_000 })
    .toBe('retry');
  expect(await started.terminate(left)).toMatchObject(left);
  expect(sent()).toEqual(['1 setup:box:mount', '1 x', '2 teardown:box:unmount']);
});
