import { expect, test } from 'vitest';
import { box } from './hooked.ts';
import { interpreterForTests } from './setting.ts';
import { fill, shortHistories } from './short-histories.ts';
import { openDevTemporal } from './temporal.ts';

/** The server that runs ahead of the clock begins no new history of what is cancelled. */
const setting = interpreterForTests(shortHistories, openDevTemporal);

const executed = (job: string) => setting.interpreter.executed.filter((one) => one.startsWith(`${job}/`));
const latest = (workflowId: string) => setting.environment.client.workflow.getHandle(workflowId).describe();

test('a part that was stopped is so in its next history', async () => {
  const jobs = ['a', 'b'].map((name) => {
    const more = Array(20).fill('{ run: exit 0 }').join(', ');
    return `  - { name: ${name}, engine: box, actions: [{ name: x, run: hang }, ${more}] }`;
  });
  const then = '  - { name: then, requires: [a], when: always, actions: [{ run: exit 0 }] }';
  const started = await setting.interpreter.start(`name: p\njobs:\n${jobs.join('\n')}\n${then}\n${box()}`);
  await expect.poll(() => setting.interpreter.executed.filter((one) => one.endsWith('/x#1')).length).toBe(2);
  const part = 'run/p/1/part/1';
  const before = await latest(part);
  await fill(setting.environment.client.workflow.getHandle(part));
  await started.handle.signal('stop', { by: 'local/admin' });
  const run = await started.result();
  expect((await latest(part)).runId).not.toBe(before.runId);
  expect(executed('then')).toEqual([]);
  expect(executed('a').at(-1)).toBe('a/teardown:box:unmount#1');
  expect(run.jobs.map(({ status }) => status)).toEqual(['stopped', 'stopped', 'stopped']);
});

test('so is a run that was cancelled in Temporal', async () => {
  const started = await setting.interpreter.start(`name: p
jobs:
  - { name: a, actions: [{ name: x, run: hang }, { run: exit 0 }] }
  - { name: then, requires: [a], when: always, actions: [{ run: exit 0 }] }
`);
  await expect.poll(() => executed('a')).toHaveLength(1);
  await fill(started.handle);
  await started.handle.cancel();
  const run = await started.result();
  expect((await latest(started.handle.workflowId)).runId).not.toBe(started.temporalRunId);
  expect(run).toMatchObject({ status: 'stopped', reason: 'It was cancelled in Temporal.' });
  expect(executed('then')).toEqual([]);
});

test('and a Job of which a newer one takes the place, while its run goes on', async () => {
  const { interpreter } = setting;
  const file = (name: string, group: string, run: string) => `name: ${name}
jobs:
  - { name: a, concurrency: ${group}, engine: box, actions: [{ name: x, run: ${run} }, { run: exit 0 }] }
  - { name: then, requires: [a], when: always, actions: [{ run: exit 0 }] }
${box()}`;
  const first = await interpreter.start(file('first', 'g', 'hang'));
  await expect.poll(() => executed('a')).toContain('a/x#1');
  await fill(first.handle);
  const newer = await interpreter.start(file('newer', '{ group: g, when_full: cancel }', 'exit 0'));
  const reason = 'gives way to 2';
  expect((await first.result()).jobs).toMatchObject([{ status: 'stopped', reason }, { status: 'succeeded' }]);
  expect((await latest(first.handle.workflowId)).runId).not.toBe(first.temporalRunId);
  expect((await newer.result()).status).toBe('succeeded');
  const [up, down] = ['a/setup:box:mount#1', 'a/teardown:box:unmount#1'];
  expect(executed('a')).toEqual([up, 'a/x#1', down, up, 'a/x#1', 'a/run#1', down]);
});
