import { expect, test } from 'vitest';
import type { RunState } from '../../core/run-state.ts';
import type { Started } from './harness.ts';
import { interpreterForTests } from './setting.ts';

const setting = interpreterForTests();

const files = `name: p
jobs:
  - { name: a, actions: [{ name: x, run: exit 0 }, { approval: go on? }, { name: y, run: exit 0 }] }
`;

/** The clock runs ahead only while somebody waits for the end. */
async function loseIt(): Promise<{ started: Started; over: Promise<RunState> }> {
  const started = await setting.interpreter.start(files);
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
