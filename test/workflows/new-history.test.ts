import { expect, test } from 'vitest';
import type { JobState, RunState } from '../../core/run-state.ts';
import { told } from './commands.ts';
import type { Started } from './harness.ts';
import { box } from './hooked.ts';
import { interpreterForTests } from './setting.ts';
import { fill, shortHistories } from './short-histories.ts';

const setting = interpreterForTests(shortHistories);

const executed = (job: string) => setting.interpreter.executed.filter((one) => one.startsWith(`${job}/`));
const state = async ({ handle }: Started) => await handle.query<RunState, []>('state');

function jobOf(run: RunState, path: string): JobState | undefined {
  return run.jobs.find((one) => one.path === path);
}

function hoursOf(one: Pick<RunState, 'startedAt' | 'endedAt'> | undefined): number {
  return Math.round((Date.parse(one?.endedAt ?? '') - Date.parse(one?.startedAt ?? '')) / 3_600_000);
}

async function historyOf({ handle }: Started): Promise<string> {
  return (await setting.environment.client.workflow.getHandle(handle.workflowId).describe()).runId;
}

test('an Action that was to be tried again is, and nothing before it', async () => {
  const started = await setting.interpreter.start(`name: p
jobs:
  - name: a
    actions: [{ name: deploy, run: exit 0 }, { name: x, run: fail-until 3, retry: { attempts: 3, delay: 1h } }]
  - { name: b, actions: [{ wait: 30m }, { run: exit 0 }] }
`);
  await expect.poll(async () => jobOf(await state(started), 'a')?.wait?.kind, { timeout: 10_000 }).toBe('retry');
  await fill(started.handle);
  const run = await started.result();
  expect(await historyOf(started)).not.toBe(started.temporalRunId);
  expect(executed('a')).toEqual(['a/deploy#1', 'a/x#1', 'a/x#2', 'a/x#3']);
  expect(jobOf(run, 'a')).toMatchObject({ status: 'succeeded', attempt: 1 });
});

test('a stop lets all parts tear down, also where some had yet to begin', async () => {
  const fill = '{ run: exit 0 }, { run: exit 0 }';
  const jobs = Array.from({ length: 9 }, (_, at) => {
    const actions = `{ name: x, run: hang }, { name: y, run: exit 0 }`;
    // The first has ended while the others still tear down.
    if (at === 0) return `  - { name: j0, actions: [${actions}, ${fill}] }`;
    return `  - { name: j${at}, engine: box, actions: [${actions}] }`;
  });
  const down = '{ name: slow, run: sleep 500 }, { name: unmount, run: exit 0 }';
  const started = await setting.interpreter.start(`name: p\njobs:\n${jobs.join('\n')}\n${box({ down })}`);
  await expect.poll(() => setting.interpreter.executed.filter((one) => one.endsWith('/x#1')).length).toBe(8);
  await started.handle.signal('stop', { by: 'local/admin' });
  const run = await started.result();
  expect(setting.interpreter.executed.filter((one) => one.endsWith('unmount#1'))).toHaveLength(7);
  expect(run.jobs.map(({ status }) => status)).toEqual(Array(9).fill('stopped'));
  expect(jobOf(run, 'j8')?.reason).toBe('It was stopped by local/admin.');
});

test('a timeout counts from where it began, not anew in each history', async () => {
  const started = await setting.interpreter.start(`name: p
timeout: 4h
jobs:
  - { name: a, timeout: 2h, actions: [{ wait: 10h }] }
  - { name: b, timeout: 1h, engine: box, actions: [{ name: x, run: exit 0 }, { wait: 10h }] }
  - { name: c, actions: [{ wait: 10h }] }
${box()}`);
  const isWaiting = async () => (await state(started)).jobs.every(({ wait }) => wait?.kind === 'timer');
  await expect.poll(isWaiting).toBe(true);
  await fill(started.handle);
  const run = await started.result();
  // The teardown of b is what does not fit any more.
  expect(await historyOf(started)).not.toBe(started.temporalRunId);
  expect(executed('b')).toEqual(['b/setup:box:mount#1', 'b/x#1', 'b/teardown:box:unmount#1']);
  expect(run.status).toBe('timed_out');
  const lasted = [jobOf(run, 'a'), jobOf(run, 'b'), run].map(hoursOf);
  expect(lasted).toEqual([2, 1, 4]);
});

test('the Action that others wait for before a new history begins is done once', async () => {
  const started = await setting.interpreter.start(`name: p
jobs:
  - { name: a, actions: [{ name: x, run: until-told go on }, { name: y, run: exit 0 }] }
  - { name: b, actions: [{ approval: { prompt: Sure? } }] }
`);
  await expect.poll(() => executed('a')).toHaveLength(1);
  await expect.poll(() => setting.interpreter.approvals.size).toBe(1);
  await fill(started.handle);
  await started.decide('approved');
  await state(started);
  told.add('go on');
  const run = await started.result();
  expect(run.status).toBe('succeeded');
  expect(await historyOf(started)).not.toBe(started.temporalRunId);
  expect(executed('a')).toEqual(['a/x#1', 'a/y#1']);
});

test('many large inputs wait in line outside of the history that is to end, with one timer for all', async () => {
  const jobs = Array.from(
    { length: 40 },
    (_, at) =>
      `  - { name: j${at}, requires: [first], actions: [{ run: exit 0, environ: { X: '${'x'.repeat(5_000)}' } }] }`,
  );
  const started = await setting.interpreter.start(
    `name: p\njobs:\n  - { name: first, actions: [{ set: { x: 1 } }] }\n${jobs.join('\n')}`,
  );
  expect((await started.result()).status).toBe('succeeded');
  const first = setting.environment.client.workflow.getHandle(started.handle.workflowId, started.temporalRunId);
  const { events } = await first.fetchHistory();
  // Each is fired for at least one of them.
  expect((events ?? []).filter((event) => event.timerStartedEventAttributes).length).toBeLessThan(40);
  expect(await historyOf(started)).not.toBe(started.temporalRunId);
});
