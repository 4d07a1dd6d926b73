import { expect, test } from 'vitest';
import type { RunState } from '../../core/run-state.ts';
import type { Started } from './harness.ts';
import { interpreterForTests } from './setting.ts';

const setting = interpreterForTests();
const trigger = '---\n{ kind: Trigger, name: released, rest: {} }\n';
const held = `name: held
jobs:
  - name: hold
    actions:
      - { name: wait, wait: { trigger: released, timeout: 1h } }
      - { name: after, run: exit 0, environ: { VERSION: '\${{ job.current.action.wait.output.version }}' } }
  - { name: next, requires: [hold], actions: [{ name: use, run: exit 0, environ: { VERSION: '\${{ job.hold.output.version }}' } }] }
`;

async function waiting(started: Started, count = 1): Promise<RunState> {
  await expect
    .poll(async () => (await state(started)).jobs.filter(({ wait }) => wait?.kind === 'trigger'), { timeout: 20_000 })
    .toHaveLength(count);
  return state(started);
}
const state = (started: Started) => started.handle.query<RunState, []>('state');

test('a Job goes on with what its Trigger is sent, which is its output', async () => {
  const started = await setting.interpreter.start(held + trigger);
  const { jobs, status, reason } = await waiting(started);
  expect(jobs[0]?.wait).toEqual({ kind: 'trigger', trigger: 'released', until: expect.any(String) });
  expect([status, reason]).toEqual(['waiting', 'Waits for the Trigger released']);
  await started.send({ version: '1.2' });
  const ended = await started.result();
  expect(ended.status).toBe('succeeded');
  expect(ended.jobs[0]).toMatchObject({ wait: null, output: { version: '1.2' } });
  expect(ended.jobs[0]?.actions[0]?.reason).toBe('Goes on with the delivery d1.');
  expect(setting.interpreter.tasks.map(({ input }) => input['environ'])).toEqual([
    { VERSION: '1.2' },
    { VERSION: '1.2' },
  ]);
});

test('a signal alone is a hint: where nothing was written it waits on', async () => {
  const started = await setting.interpreter.start(held + trigger);
  await waiting(started);
  for (const waitId of setting.interpreter.waits.keys()) await started.handle.signal('triggerSent', { waitId });
  expect((await waiting(started)).jobs[0]?.status).toBe('waiting');
  await started.send({ version: '1' });
  expect((await started.result()).status).toBe('succeeded');
});

test('where nothing comes in time it has timed out, and its wait has ended', async () => {
  const ended = await setting.interpreter.run(held + trigger);
  expect([ended.status, ended.jobs[0]?.actions[0]]).toMatchObject([
    'timed_out',
    { status: 'timed_out', reason: 'Nothing came in time for the Trigger released.' },
  ]);
  expect([...setting.interpreter.waits.values()].map(({ outcome }) => outcome.state)).toEqual(['ended']);
});

test('what came at the last moment counts', async () => {
  const started = await setting.interpreter.start(held + trigger);
  await waiting(started);
  // Written, and the run was not told.
  for (const wait of setting.interpreter.waits.values()) {
    wait.outcome = { state: 'sent', delivery: 'd', output: { version: '3' }, note: 'Late.' };
  }
  const ended = await started.result();
  expect(ended.jobs[0]?.actions[0]).toMatchObject({ status: 'succeeded', output: { version: '3' } });
});

test('each try waits anew, and a run that is stopped waits no more', async () => {
  const files = held.replace('timeout: 1h }', 'timeout: 1h }, retry: { attempts: 2, on: [timed_out] }') + trigger;
  const started = await setting.interpreter.start(files);
  await waiting(started);
  await setting.environment.sleep('61m');
  await expect.poll(() => setting.interpreter.waits.size, { timeout: 20_000 }).toBe(2);
  await started.handle.signal('stop', { by: 'local/admin' });
  expect((await started.result()).status).toBe('stopped');
  expect([...setting.interpreter.waits.values()].map(({ outcome }) => outcome.state)).toEqual(['ended', 'ended']);
});

test('a Job in a part of a large run is told too', async () => {
  const fill = Array.from(
    { length: 60 },
    (_, at) => `  - { name: j${at}, actions: [${Array(18).fill('{ run: exit 0 }').join(', ')}] }`,
  );
  const files = `name: large\njobs:\n${fill.join('\n')}\n  - { name: hold, actions: [{ name: w, wait: { trigger: released } }] }\n${trigger}`;
  const started = await setting.interpreter.start(files);
  await expect.poll(() => setting.interpreter.waits.size, { timeout: 60_000 }).toBe(1);
  await started.send({ version: '9' });
  const ended = await started.result();
  expect(ended.jobs.find(({ path }) => path === 'hold')).toMatchObject({
    output: { version: '9' },
    status: 'succeeded',
  });
}, 120_000);
