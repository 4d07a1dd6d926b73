import { expect, test } from 'vitest';
import type { RunState } from '../../core/run-state.ts';
import { told } from './commands.ts';
import type { Started } from './harness.ts';
import { interpreterForTests } from './setting.ts';

const setting = interpreterForTests();

const files = `name: p
jobs:
  - { name: a, actions: [{ name: x, run: exit 0 }, { approval: go on? }, { name: y, run: exit 0 }] }
`;

/** The clock runs ahead only while somebody waits for the end. */
async function loseIt(of = files): Promise<{ started: Started; over: Promise<RunState> }> {
  const started = await setting.interpreter.start(of);
  await expect.poll(() => setting.interpreter.approvals.size, { timeout: 10_000 }).toBe(1);
  setting.interpreter.loseWorker();
  await started.decide('approved');
  const over = started.result();
  const state = async () => await started.handle.query<RunState>('state');
  await expect
    .poll(async () => (await state()).jobs[0]?.wait, { timeout: 20_000 })
    .toEqual({ kind: 'worker_lost', worker: 'w1', action: 'y' });
  expect((await state()).status).toBe('waiting');
  return { started, over };
}

test.each([
  ['done', 'succeeded', ['a/x#1'], 2],
  ['repeat', 'succeeded', ['a/x#1', 'a/y#1'], 2],
  ['fail', 'errored', ['a/x#1'], 1],
] as const)('a lost Worker holds the run until somebody says %s', async (decision, status, executed, attempt) => {
  const { started, over } = await loseIt();
  await started.handle.signal('resolveLost', { job: 'a', decision, by: 'local/admin' });
  const run = await over;
  expect(run.status).toBe(status);
  expect(setting.interpreter.executed).toEqual(executed);
  expect(run.jobs[0]?.attempt).toBe(attempt);
  if (decision !== 'repeat') expect(JSON.stringify(run)).toContain('local/admin said that it');
});

/** `late`: what was said of the first loss comes once more in the second. */
test.each([
  ['again', {}, false],
  ['late', { action: 'y', attempt: 1 }, true],
])('what is said twice of a loss decides nothing of the next: %s', async (when, about, late) => {
  const { started, over } = await loseIt(files.replace('exit 0 }]', `until-told ${when} }, { name: z, run: exit 0 }]`));
  const repeat = { job: 'a', decision: 'repeat', by: 'local/admin', ...about } as const;
  const wait = async () => (await started.handle.query<RunState>('state')).jobs[0]?.wait;
  await started.handle.signal('resolveLost', repeat);
  await expect.poll(() => setting.interpreter.executed).toContain('a/y#1');
  if (!late) await started.handle.signal('resolveLost', repeat);
  setting.interpreter.loseWorker('w2');
  told.add(when);
  await expect.poll(wait).toEqual({ kind: 'worker_lost', worker: 'w2', action: 'z' });
  if (late) await started.handle.signal('resolveLost', repeat);
  expect(await wait()).toEqual({ kind: 'worker_lost', worker: 'w2', action: 'z' });
  await started.handle.signal('resolveLost', {
    job: 'a',
    decision: 'fail',
    by: 'local/other',
    action: 'z',
    attempt: 2,
  });
  const run = await over;
  expect(run.jobs[0]).toMatchObject({ status: 'errored', attempt: 2 });
  expect(run.reason).toContain('local/other said that it failed');
});
