import { expect, test } from 'vitest';
import { box } from './hooked.ts';
import { interpreterForTests } from './setting.ts';

const setting = interpreterForTests();

async function until(holds: () => boolean): Promise<void> {
  await expect.poll(holds, { timeout: 20_000, interval: 20 }).toBe(true);
}

const held = () => [...setting.interpreter.holds.values()].map(({ hold }) => hold);

test('a Job has its locks through all its tries and gives them back at its end', async () => {
  const { interpreter } = setting;
  const run = await interpreter.run(`name: p
jobs:
  - { name: a, locks: [x], retry: { attempts: 3 }, actions: [{ run: exit 1 }] }
  - { name: b, locks: [x, y], actions: [{ run: exit 0 }] }
  - { name: c, locks: [y], actions: [{ run: exit 0 }] }
`);
  expect(interpreter.executed).toEqual(['a/run#1', 'a/run#1', 'a/run#1', 'b/run#1', 'c/run#1']);
  expect(run.jobs.map(({ status }) => status)).toEqual(['failed', 'succeeded', 'succeeded']);
  expect(held()).toEqual([]);
});

test('a for_each takes as many at once as its group lets in', async () => {
  const { interpreter } = setting;
  const run = await interpreter.run(`name: p
jobs:
  - { name: a, for_each: [1, 2, 3, 4], concurrency: { group: g, limit: 2 }, actions: [{ run: exit 0 }, { wait: 1h }] }
`);
  expect(run.status).toBe('succeeded');
  const running = new Set<string>();
  let most = 0;
  for (const { jobs } of interpreter.transitions) {
    for (const { path, status, attempt } of jobs) {
      if (path === 'a' || attempt === 0) continue;
      if (status === 'running' || status === 'waiting') running.add(path);
      else running.delete(path);
      most = Math.max(most, running.size);
    }
  }
  expect(most).toBe(2);
});

test('names are computed; one that is no name then breaks the Job alone', async () => {
  const { interpreter } = setting;
  const files = `name: p
parameters: [{ name: on, type: string }]
jobs:
  - { name: a, locks: ['of-\${{ pipeline.parameters.on }}'], actions: [{ run: hang }] }
  - { name: b, job: called, args: { on: '\${{ pipeline.parameters.on }}' } }
---
kind: Job
name: called
params: [{ name: on, type: string }]
concurrency: '\${{ job.self.params.on }}'
actions: [{ run: hang }]
`;
  const bad = await interpreter.run(files.replaceAll('hang', 'exit 0'), { parameters: { on: 'a b' } });
  expect(bad.jobs.map(({ status, reason }) => [status, reason?.slice(0, 33)])).toEqual([
    ['errored', '"of-a b" is no name of a lock: it'],
    ['errored', '"a b" is no name of a group: it b'],
  ]);
  const run = await interpreter.start(files, { parameters: { on: 'refs/heads/main' } });
  await until(() => held().filter(({ granted }) => granted).length === 2);
  expect(held().map(({ wants }) => wants)).toEqual([
    [{ kind: 'lock', name: 'of-refs/heads/main' }],
    [{ kind: 'group', name: 'refs/heads/main', limit: 1, whenFull: 'queue' }],
  ]);
  await run.handle.signal('stop', { by: 'local/admin' });
  expect((await run.result()).status).toBe('stopped');
  expect(held()).toEqual([]);
});

test('a run waits as a whole, and what it has its Jobs need not ask for', async () => {
  const { interpreter } = setting;
  const file = (name: string, body: string) =>
    `name: ${name}\nlocks: [x]\njobs:\n  - { name: a, locks: [x], ${body} }\n`;
  const first = await interpreter.start(file('one', 'actions: [{ run: hang }]'));
  await until(() => interpreter.executed.length === 1);
  const second = await interpreter.start(file('two', 'actions: [{ run: exit 0 }]'));
  await until(() => held().length === 2);
  expect(await second.handle.query('state')).toMatchObject({ status: 'queued', startedAt: null });
  await first.handle.signal('stop', { by: 'local/admin' });
  expect((await second.result()).status).toBe('succeeded');
  expect((await first.result()).reason).toBe('It was stopped by local/admin.');
});

test('one that is stopped while it waits leaves the line', async () => {
  const { interpreter } = setting;
  const first = await interpreter.start('name: one\nlocks: [x]\njobs: [{ name: a, actions: [{ run: hang }] }]');
  await until(() => interpreter.executed.length === 1);
  const waits = await interpreter.start('name: two\njobs: [{ name: a, locks: [x], actions: [{ run: exit 0 }] }]');
  await until(() => held().length === 2);
  expect(await waits.handle.query('state')).toMatchObject({
    jobs: [{ status: 'queued', wait: { kind: 'lock', names: ['x'] }, startedAt: null, attempt: 0 }],
  });
  await waits.handle.signal('stop', { by: 'local/admin' });
  expect(await waits.result()).toMatchObject({ status: 'stopped', jobs: [{ status: 'stopped' }] });
  expect(held()).toHaveLength(1);
  await first.handle.signal('stop', { by: 'local/admin' });
  await first.result();
});

test('one that is refused or replaced ends stopped, and what comes after it is blocked', async () => {
  const { interpreter } = setting;
  const file = (name: string, full: string, run: string) => `name: ${name}
jobs:
  - { name: a, concurrency: { group: g, when_full: ${full} }, actions: [{ run: ${run} }] }
  - { name: b, requires: [a], actions: [{ run: exit 0 }] }
`;
  const first = await interpreter.start(file('one', 'queue', 'hang'));
  await until(() => interpreter.executed.length === 1);
  const refused = await interpreter.run(file('two', 'refuse', 'exit 0'));
  expect(refused).toMatchObject({
    status: 'stopped',
    jobs: [{ status: 'stopped', reason: 'refused' }, { status: 'blocked' }],
  });
  const waits = await interpreter.start(file('three', 'queue', 'exit 0'));
  await until(() => held().length === 2);
  const next = await interpreter.start(file('four', 'replace', 'exit 0'));
  expect(await waits.result()).toMatchObject({
    status: 'stopped',
    jobs: [{ status: 'stopped', reason: 'replaced' }, { status: 'blocked' }],
  });
  await first.handle.signal('stop', { by: 'local/admin' });
  expect((await next.result()).status).toBe('succeeded');
});

test('one that cancels begins when the run that had its place has torn down', async () => {
  const { interpreter } = setting;
  const file = (name: string, run: string) => `name: ${name}
concurrency: { group: g, when_full: cancel }
jobs:
  - { name: a, engine: box, actions: [{ name: work, run: ${run} }] }
  - { name: b, requires: [a], actions: [{ run: exit 0 }] }
${box({ down: '{ name: unmount, run: sleep 300 }' })}`;
  const first = await interpreter.start(file('one', 'hang'));
  await until(() => interpreter.executed.includes('a/work#1'));
  const second = await interpreter.start(file('two', 'exit 0'));
  const stopped = await first.result();
  expect(stopped).toMatchObject({
    status: 'stopped',
    reason: 'gives way to 2',
    jobs: [
      { status: 'stopped', reason: 'gives way to 2', actions: [{}, { status: 'stopped' }, { status: 'succeeded' }] },
      { status: 'stopped', startedAt: null },
    ],
  });
  const next = await second.result();
  expect(next.status).toBe('succeeded');
  expect(Date.parse(next.startedAt ?? '')).toBeGreaterThanOrEqual(
    Date.parse(stopped.jobs[0]?.actions.at(-1)?.endedAt ?? ''),
  );
  const each = ['a/setup:box:mount#1', 'a/work#1', 'a/teardown:box:unmount#1'];
  expect(interpreter.executed).toEqual([...each, ...each, 'b/run#1']);
  expect(held()).toEqual([]);
});

test('a Job that cancels ends the Job that has its place, not the run that it is in', async () => {
  const { interpreter } = setting;
  const hangs = '{ run: hang }';
  const file = (name: string, own: string) => `name: ${name}
jobs:
  - { name: a, concurrency: { group: g, when_full: cancel }, ${own} }
  - { name: after, requires: [a], when: always, actions: [{ run: exit 0 }] }
`;
  const ends = (reason: string) => ({
    status: 'stopped',
    jobs: expect.arrayContaining([
      expect.objectContaining({ path: 'a', status: 'stopped', reason }),
      expect.objectContaining({ path: 'after', status: 'succeeded' }),
    ]),
  });
  const first = await interpreter.start(file('one', `actions: [${hangs}], retry: { attempts: 3 }`));
  await until(() => interpreter.executed.length === 1);
  const second = await interpreter.start(file('two', `jobs: [{ name: inner, actions: [${hangs}] }]`));
  expect(await first.result()).toMatchObject(ends('gives way to 2'));
  await until(() => interpreter.executed.includes('a/inner/run#1'));
  const third = await interpreter.start(file('three', 'actions: [{ run: exit 0 }]'));
  expect(await second.result()).toMatchObject(ends('gives way to 3'));
  expect((await third.result()).status).toBe('succeeded');
  // What is said once more to one that has ended, or of a hold of before, ends nothing.
  const last = await interpreter.start(file('four', `actions: [${hangs}]`));
  await until(() => interpreter.executed.length === 7);
  await last.handle.signal('giveWay', { job: 'a', id: 1, reason: 'of old' });
  await last.handle.signal('giveWay', { job: 'nowhere', id: 4, reason: 'of nobody' });
  expect(await last.handle.query('state')).toMatchObject({ status: 'running' });
  const { events } = await last.handle.fetchHistory();
  expect(events?.filter((event) => event.activityTaskCancelRequestedEventAttributes)).toEqual([]);
  await last.handle.signal('stop', { by: 'local/admin' });
  expect(await last.result()).toMatchObject({ status: 'stopped', reason: 'It was stopped by local/admin.' });
});

test('while the server is paused what runs goes on, and no Job begins', async () => {
  const { interpreter } = setting;
  const run = await interpreter.start(`name: p
jobs:
  - { name: a, actions: [{ run: exit 0 }, { approval: { prompt: Go on? } }, { name: last, run: exit 0 }] }
  - { name: b, requires: [a], actions: [{ run: exit 0 }] }
`);
  await until(() => interpreter.approvals.size === 1);
  interpreter.pause(true);
  await run.handle.signal('pauseChanged');
  await run.decide('approved');
  await until(() => interpreter.transitions.at(-1)?.jobs.at(-1)?.wait?.kind === 'paused');
  expect(interpreter.executed).toEqual(['a/run#1', 'a/last#1']);
  // A word that is not true changes nothing.
  await run.handle.signal('pauseChanged');
  expect(await run.handle.query('state')).toMatchObject({
    jobs: [{ status: 'succeeded' }, { status: 'queued', wait: { kind: 'paused' }, startedAt: null }],
  });
  interpreter.pause(false);
  await run.handle.signal('pauseChanged');
  expect((await run.result()).status).toBe('succeeded');
});

test('a paused run can be stopped', async () => {
  const { interpreter } = setting;
  const run = await interpreter.start(`name: p
jobs:
  - { name: a, actions: [{ approval: { prompt: Go on? } }] }
  - { name: b, requires: [a], locks: [x], actions: [{ run: exit 0 }] }
`);
  await until(() => interpreter.approvals.size === 1);
  interpreter.pause(true);
  await run.handle.signal('pauseChanged');
  await run.decide('approved');
  await until(() => interpreter.transitions.at(-1)?.jobs.at(-1)?.wait?.kind === 'paused');
  expect(held()).toEqual([]);
  await run.handle.signal('stop', { by: 'local/admin' });
  expect(await run.result()).toMatchObject({ status: 'stopped', jobs: [{}, { status: 'stopped', wait: null }] });
});

test('a lock outlives the history that took it', { timeout: 180_000 }, async () => {
  const { interpreter } = setting;
  const actions = Array(900).fill('{ run: exit 0 }').join(', ');
  const run = await interpreter.start(`name: p
locks: [y]
sequence: true
jobs:
  - { name: a, locks: [x], actions: [${actions}] }
  - { name: b, locks: [x], actions: [${actions}] }
`);
  const result = await run.result();
  expect(result.status).toBe('succeeded');
  expect(interpreter.executed).toHaveLength(1800);
  expect(held()).toEqual([]);
  const { historyLength } = await run.handle.describe();
  expect(historyLength).toBeLessThan(9_000);
});
