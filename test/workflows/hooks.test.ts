import { describe, expect, test } from 'vitest';
import type { JobState, RunState } from '../../core/run-state.ts';
import { box, onePipeline as of, one } from './hooked.ts';
import { interpreterForTests } from './setting.ts';

const setting = interpreterForTests();

function jobOf(run: RunState, path = 'a'): JobState {
  const job = run.jobs.find((each) => each.path === path);
  if (job === undefined) throw new Error(`no Job ${path}`);
  return job;
}
const names = (run: RunState, path = 'a') => jobOf(run, path).actions.map(({ name, status }) => `${name} ${status}`);
const executed = () => setting.interpreter.executed.map((each) => each.replace(/#1$/, ''));
const begun = (count: number) =>
  expect.poll(() => setting.interpreter.executed.length, { timeout: 10_000 }).toBe(count);
const given = { KEY: 'k', SIZE: '3' };

describe('an Engine', () => {
  test('is set up before the first Action and torn down after the last, with its variables in between', async () => {
    const up = `{ name: mount, run: 'output environ={"KEY":"k","SIZE":3}', environ: { SIZE: '\${{ job.self.params.size }}' } }`;
    const run = await setting.interpreter.run(
      one('{ name: x, run: output b=1 }, { name: y, run: exit 0 }') + box({ up }),
    );
    expect(run.status).toBe('succeeded');
    expect(names(run)).toEqual([
      'setup:box:mount succeeded',
      'x succeeded',
      'y succeeded',
      'teardown:box:unmount succeeded',
    ]);
    expect(executed()).toEqual(['a/setup:box:mount', 'a/x', 'a/y', 'a/teardown:box:unmount']);
    expect(jobOf(run).output).toEqual({ b: 1 });
    const { tasks } = setting.interpreter;
    expect(tasks.map(({ environ }) => environ)).toEqual([undefined, given, given, given]);
    expect(tasks[0]?.input['environ']).toEqual({ SIZE: 3 });
    for (const { engine, lastOfJob } of tasks) {
      expect([engine.settings, lastOfJob]).toEqual([{ environ: { A: 'engine' } }, false]);
    }
    expect(setting.interpreter.tornDown).toHaveLength(1);
  });

  test('is one for all Actions that name it, and others are torn down in reverse', async () => {
    const other = `---
kind: Engine
name: van
type: local
setup: { job: up, args: { size: 1 } }
teardown: { job: down }
`;
    const run = await setting.interpreter.run(
      of(`  - name: a
    actions:
      - { name: v, engine: box, run: exit 0 }
      - { name: w, engine: van, run: exit 0 }
      - { name: x, engine: box, run: exit 0 }
      - { name: y, run: exit 0 }
      - { name: z, engine: { type: local, environ: { B: 1 }, teardown: { job: down } }, run: exit 0 }`) +
        box() +
        other,
    );
    const order = [
      'setup:box:mount',
      'v',
      'setup:van:mount',
      'w',
      'x',
      'y',
      'z',
      'teardown:local:unmount',
      'teardown:van:unmount',
      'teardown:box:unmount',
    ];
    expect(jobOf(run).actions.map(({ name }) => name)).toEqual(order);
    expect(executed()).toEqual(order.map((name) => `a/${name}`));
    expect(setting.interpreter.tasks.find(({ key }) => key.action === 'y')?.environ).toBeUndefined();
  });

  test('is inherited by what is called, and a Job in a group', async () => {
    const run = await setting.interpreter.run(
      of('  - { name: a, engine: box, job: lib }') +
        box() +
        '---\nkind: Job\nname: lib\nactions: [{ name: x, run: exit 0 }, { set: { n: 1 } }]\n',
    );
    expect(run.status).toBe('succeeded');
    expect(executed()).toEqual(['a/setup:box:mount', 'a/x', 'a/teardown:box:unmount']);
  });

  test('in line has its settings from the Job, also in its hooks, whose own params are others', async () => {
    const run = await setting.interpreter.run(
      of(`  - name: a
    params: [{ name: who, type: string, default: me }]
    engine: { type: local, environ: { WHO: '\${{ job.self.params.who }}' }, setup: { job: up, args: { size: 2 } } }
    actions: [{ name: x, run: exit 0 }]`) +
        box({ up: `{ name: m, run: exit 0, environ: { S: '\${{ job.self.params.size }}' } }` }),
    );
    expect(run.status).toBe('succeeded');
    const { tasks } = setting.interpreter;
    expect(tasks.map(({ engine }) => engine.settings)).toEqual([
      { environ: { WHO: 'me' } },
      { environ: { WHO: 'me' } },
    ]);
    expect(tasks[0]?.input['environ']).toEqual({ S: 2 });
  });

  test('that no Action came to is not set up', async () => {
    const run = await setting.interpreter.run(
      one('{ name: x, skip_if: "true", run: exit 0 }, { name: y, engine: local, run: exit 0 }') + box(),
    );
    expect(executed()).toEqual(['a/y']);
    expect(names(run)).toEqual(['setup:box:mount skipped', 'x skipped', 'y succeeded', 'teardown:box:unmount skipped']);
  });

  test('is set up again for each try of the Job', async () => {
    const run = await setting.interpreter.run(one('{ name: x, run: exit 1 }', 'retry: { attempts: 2 }, ') + box());
    expect(run.status).toBe('failed');
    const round = ['a/setup:box:mount', 'a/x', 'a/teardown:box:unmount'];
    expect(executed()).toEqual([...round, ...round]);
    expect(setting.interpreter.tasks.map(({ key }) => key.jobAttempt)).toEqual([1, 1, 1, 2, 2, 2]);
  });

  test('keeps what its setup set where a long Job goes on in a new history', { timeout: 180_000 }, async () => {
    const many = Array.from({ length: 1_400 }, (_, at) => `{ name: x${at}, run: exit 0 }`).join(', ');
    const run = await setting.interpreter.run(one(many) + box());
    expect(run.status).toBe('succeeded');
    expect(executed()).toHaveLength(1_402);
    expect(setting.interpreter.tasks.slice(1).every(({ environ }) => environ?.['KEY'] === 'k')).toBe(true);
  });
});

describe('a setup', () => {
  test('that fails keeps the Actions from running, and what it began is torn down', async () => {
    const up = `{ name: create, run: 'output environ={"ID":7}' }, { name: mount, run: exit 3 }`;
    const run = await setting.interpreter.run(one('{ name: x, run: exit 0 }') + box({ up }));
    expect(jobOf(run)).toMatchObject({
      status: 'errored',
      reason: 'The setup of the Engine box failed: mount: exit status 3',
    });
    expect(names(run)).toEqual([
      'setup:box:create succeeded',
      'setup:box:mount failed',
      'x skipped',
      'teardown:box:unmount succeeded',
    ]);
    expect(setting.interpreter.tasks.at(-1)?.environ).toEqual({ ID: '7' });
  });

  test.each([
    ['{ name: m, run: output environ=3 }', 'must be an object of variables'],
    [`{ name: m, run: 'output environ={"A=B":1}' }`, '"A=B"'],
    [`{ name: m, run: 'output environ={"A":[1]}' }`, 'environ.A must be text'],
  ])('whose variables are none is at fault: %s', async (up, reason) => {
    const run = await setting.interpreter.run(one('{ name: x, run: exit 0 }') + box({ up }));
    expect(jobOf(run)).toMatchObject({ status: 'errored', reason: expect.stringContaining(reason) });
    expect(executed()).toEqual(['a/setup:box:m', 'a/teardown:box:unmount']);
  });

  test('has the retry and the control flow of its own Actions, and reads its own output', async () => {
    const up = `{ name: m, run: fail-until 2, retry: { attempts: 2 } }, { name: say, run: 'print ${'long '.repeat(40)}done' },
      { match: 'do(ne)' }, { set: { environ: { A: '\${{ job.current.action.match.output.0 }}' } } }`;
    const run = await setting.interpreter.run(one('{ name: x, run: exit 0 }') + box({ up }));
    expect(jobOf(run).reason).toBeNull();
    expect(setting.interpreter.executed.slice(0, 2)).toEqual(['a/setup:box:m#1', 'a/setup:box:m#2']);
    expect(setting.interpreter.tasks.at(-1)?.environ).toEqual({ A: 'ne' });
  });

  test('that hangs is ended by the timeout of its Job', async () => {
    const run = await setting.interpreter.run(
      one('{ name: x, run: exit 0 }') + box({ up: '{ name: m, run: hang }', upMore: 'timeout: 1s' }),
    );
    const reason = 'The setup of the Engine box failed: It took longer than its timeout of 1000 ms.';
    expect(jobOf(run)).toMatchObject({ status: 'errored', reason });
    expect(executed()).toEqual(['a/setup:box:m', 'a/teardown:box:unmount']);
  });

  test('may run on an Engine of its own, on the same Worker', async () => {
    await setting.interpreter.run(
      one('{ name: x, run: exit 0 }') +
        box({ up: '{ name: m, engine: { type: local, environ: { Z: 1 } }, run: exit 0 }' }),
    );
    const [first, second] = setting.interpreter.tasks;
    expect([first?.engine.settings, second?.engine.settings]).toEqual([
      { environ: { Z: 1 } },
      { environ: { A: 'engine' } },
    ]);
  });
});

describe('a teardown', () => {
  test('comes after a failure, which stays what it was', async () => {
    const run = await setting.interpreter.run(one('{ name: x, run: exit 4 }') + box());
    expect(jobOf(run)).toMatchObject({ status: 'failed', reason: 'x: exit status 4' });
    expect(executed().at(-1)).toBe('a/teardown:box:unmount');
  });

  test.each([
    ['exit 0', 'errored', 'The teardown of the Engine box failed: unmount: exit status 5'],
    ['exit 4', 'failed', 'x: exit status 4 The teardown of the Engine box failed: unmount: exit status 5'],
  ])('that fails after %s leaves the Job %s', async (command, status, reason) => {
    const run = await setting.interpreter.run(
      one(`{ name: x, run: ${command} }`) + box({ down: '{ name: unmount, run: exit 5 }' }),
    );
    expect(jobOf(run)).toMatchObject({ status, reason });
    expect(setting.interpreter.tornDown).toHaveLength(1);
  });

  test.each([
    ['an Action', 2, undefined],
    ['the setup', 1, '{ name: mount, run: hang }'],
  ])('comes where the run is stopped in %s', async (_, count, up) => {
    const started = await setting.interpreter.start(
      one('{ name: x, run: hang }, { name: y, run: exit 0 }') + box(up === undefined ? {} : { up }),
    );
    await begun(count);
    await started.handle.signal('stop', { by: 'local/admin' });
    const run = await started.result();
    expect(run).toMatchObject({ status: 'stopped', reason: 'It was stopped by local/admin.' });
    expect(jobOf(run).status).toBe('stopped');
    expect(names(run).at(-1)).toBe('teardown:box:unmount succeeded');
    expect(executed()).not.toContain('a/y');
  });

  test('comes after the timeout of the Job', async () => {
    const run = await setting.interpreter.run(one('{ name: x, wait: 1h }', 'timeout: 1m, ') + box());
    expect(executed()).toEqual([]);
    expect(run.status).toBe('timed_out');
    const hung = await setting.interpreter.run(
      one('{ name: w, run: exit 0 }, { name: x, wait: 1h }', 'timeout: 1m, ') + box(),
    );
    expect(jobOf(hung).status).toBe('timed_out');
    expect(executed()).toEqual(['a/setup:box:mount', 'a/w', 'a/teardown:box:unmount']);
  });

  test('comes after the timeout of the run, and of a group', async () => {
    const slow = '{ name: w, engine: box, run: exit 0 }, { name: x, wait: 1h }';
    const run = await setting.interpreter.run(
      `name: p\ntimeout: 2m\njobs:\n  - { name: a, actions: [${slow}] }\n` +
        `  - { name: g, timeout: 1m, jobs: [{ name: b, actions: [${slow}] }] }\n${box()}`,
    );
    expect([run.status, jobOf(run).status, jobOf(run, 'g').status]).toEqual(['timed_out', 'stopped', 'timed_out']);
    expect(names(run).at(-1)).toBe('teardown:box:unmount succeeded');
    expect(names(run, 'g/b').at(-1)).toBe('teardown:box:unmount succeeded');
  });

  test('takes none of the time that the Job has', async () => {
    const run = await setting.interpreter.run(
      one('{ name: x, run: exit 0 }', 'timeout: 2s, ') + box({ down: '{ name: unmount, run: sleep 2500 }' }),
    );
    expect(jobOf(run)).toMatchObject({ status: 'succeeded', reason: null });
  });

  test('that hangs is ended by the timeout of its Job', async () => {
    const run = await setting.interpreter.run(
      one('{ name: x, run: exit 0 }') + box({ down: '{ name: unmount, run: hang }', downMore: 'timeout: 1s' }),
    );
    expect(jobOf(run)).toMatchObject({
      status: 'errored',
      reason: 'The teardown of the Engine box failed: It took longer than its timeout of 1000 ms.',
    });
  });

  // Last: an activity that nobody ever took keeps the server's clock from running ahead.
  test('does not come where the run is stopped before a Worker has the Job', async () => {
    const files = one('{ name: x, run: exit 0 }') + box().replace('type: local', 'type: local\nruns_on: { os: none }');
    const started = await setting.interpreter.start(files);
    await expect
      .poll(async () => (await started.handle.query<RunState>('state')).jobs[0]?.wait?.kind, { timeout: 10_000 })
      .toBe('worker');
    await started.handle.signal('stop', { by: 'local/admin' });
    expect(names(await started.result()).at(-1)).toBe('teardown:box:unmount stopped');
    expect(executed()).toEqual([]);
  });
});
