import { expect, test } from 'vitest';
import type { JobState, RunState } from '../../core/run-state.ts';
import { interpreterForTests } from './setting.ts';

const setting = interpreterForTests();

const engine = (more = '', actions = '') => `---
kind: Engine
name: box
type: local
environ: { A: engine }
setup: { job: up, args: { size: 3 } }
teardown: { job: down }
${more}---
kind: Job
name: up
params: [{ name: size, type: number }]
actions:
  - { name: mount, run: 'output environ={"KEY":"k","SIZE":3}', environ: { SIZE: '\${{ job.self.params.size }}' } }
${actions}---
kind: Job
name: down
actions: [{ name: unmount, run: exit 0 }]
`;
const of = (jobs: string) => `name: p\njobs:\n${jobs}\n`;
const one = (actions: string, more = '') => of(`  - { name: a, engine: box, ${more}actions: [${actions}] }`);

function jobOf(run: RunState, path = 'a'): JobState {
  const job = run.jobs.find((each) => each.path === path);
  if (job === undefined) throw new Error(`no Job ${path}`);
  return job;
}
const names = (run: RunState, path = 'a') => jobOf(run, path).actions.map(({ name, status }) => `${name} ${status}`);

test('an Engine is set up before the first Action and torn down after the last', async () => {
  const run = await setting.interpreter.run(one('{ name: x, run: output b=1 }, { name: y, run: exit 0 }') + engine());
  expect(run.status).toBe('succeeded');
  expect(setting.interpreter.executed).toEqual(['a/setup:box:mount#1', 'a/x#1', 'a/y#1', 'a/teardown:box:unmount#1']);
  expect(names(run)).toEqual([
    'setup:box:mount succeeded',
    'x succeeded',
    'y succeeded',
    'teardown:box:unmount succeeded',
  ]);
  expect(jobOf(run).output).toEqual({ b: 1 });
  expect(setting.interpreter.tornDown).toHaveLength(1);
  const environs = setting.interpreter.tasks.map(({ environ }) => environ);
  const given = { KEY: 'k', SIZE: '3' };
  expect(environs).toEqual([undefined, given, given, given]);
  expect(setting.interpreter.tasks[0]?.input['environ']).toEqual({ SIZE: 3 });
  expect(
    setting.interpreter.tasks.every(
      ({ engine: { settings } }) => JSON.stringify(settings) === '{"environ":{"A":"engine"}}',
    ),
  ).toBe(true);
});
