import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { JobState, RunState } from '../../core/run-state.ts';
import { interpreterForTests } from './setting.ts';

const setting = interpreterForTests();

function jobOf(run: RunState, path: string): JobState {
  const job = run.jobs.find((one) => one.path === path);
  if (job === undefined) throw new Error(`no Job ${path} in ${run.jobs.map((one) => one.path).join(', ')}`);
  return job;
}
const statuses = (run: RunState) => Object.fromEntries(run.jobs.map(({ path, status }) => [path, status]));
const of = (jobs: string, more = '') => `name: p\n${more}jobs:\n${jobs}`;

describe('order', () => {
  test('Jobs start together, each after those that it requires', async () => {
    const run = await setting.interpreter.run(
      of(`
  - { name: c, requires: [a, b], actions: [{ run: exit 0 }] }
  - { name: a, actions: [{ run: sleep 50 }] }
  - { name: b, actions: [{ run: exit 0 }] }`),
    );
    expect(run.status).toBe('succeeded');
    expect(setting.interpreter.executed.at(-1)).toBe('c/run#1');
    expect(setting.interpreter.executed).toHaveLength(3);
  });

  test('sequence runs Jobs as written, and Actions come one after the other', async () => {
    await setting.interpreter.run(
      of(
        `
  - { name: a, actions: [{ name: x, run: sleep 30 }, { name: y, run: exit 0 }] }
  - { name: b, actions: [{ run: exit 0 }] }`,
        'sequence: true\n',
      ),
    );
    expect(setting.interpreter.executed).toEqual(['a/x#1', 'a/y#1', 'b/run#1']);
  });

  test('the state names every Job from the first transition on, in the order of the plan', async () => {
    await setting.interpreter.run(
      of(`
  - name: group
    jobs: [{ name: inner, actions: [{ run: exit 0 }] }]
  - { name: last, requires: [group], actions: [{ run: exit 0 }] }`),
    );
    expect(setting.interpreter.transitions[0]?.jobs.map(({ path }) => path)).toEqual(['group', 'group/inner', 'last']);
    const numbers = setting.interpreter.transitions.map(({ seq }) => seq);
    expect(numbers).toEqual([...numbers].sort((one, other) => one - other));
  });
});

describe('failure', () => {
  test('blocks what requires it, and lets through what waits for a failure or for the end', async () => {
    const run = await setting.interpreter.run(
      of(`
  - { name: bad, actions: [{ run: exit 3 }] }
  - { name: next, requires: [bad], actions: [{ run: exit 0 }] }
  - { name: rescue, requires: [bad], when: failure, actions: [{ run: exit 0 }] }
  - { name: always, requires: [next], when: always, actions: [{ run: exit 0 }] }
  - { name: fine, actions: [{ run: exit 0 }] }
  - { name: unneeded, requires: [fine], when: failure, actions: [{ run: exit 0 }] }`),
    );
    expect(run).toMatchObject({ status: 'failed', reason: 'bad: run: exit status 3' });
    expect(statuses(run)).toEqual({
      bad: 'failed',
      next: 'blocked',
      rescue: 'succeeded',
      always: 'succeeded',
      fine: 'succeeded',
      unneeded: 'skipped',
    });
    expect(jobOf(run, 'next').reason).toContain('bad');
  });

  test('on_failure and on_success say how the Job goes on', async () => {
    const run = await setting.interpreter.run(
      of(`
  - name: a
    actions:
      - { name: one, run: exit 1, on_failure: continue failure }
      - { name: two, run: exit 0 }
  - name: b
    actions:
      - { name: one, run: exit 1, on_failure: continue success }
      - { name: two, run: exit 0, on_success: end success, on_failure: continue success }
      - { name: three, run: exit 0 }
  - name: c
    actions:
      - { name: one, run: exit 0, on_success: end failure, on_failure: continue success }
      - { name: two, run: exit 0, requires: [one] }`),
    );
    expect(statuses(run)).toEqual({ a: 'failed', b: 'succeeded', c: 'failed' });
    expect(setting.interpreter.executed).not.toContain('b/three#1');
    expect(jobOf(run, 'b').actions[2]?.status).toBe('skipped');
  });

  test('an expression that cannot be computed breaks its Job only', async () => {
    const run = await setting.interpreter.run(
      of(`
  - { name: a, actions: [{ name: x, run: exit 0 }, { set: { y: '\${{ job.current.action.x.output.missing }}' } }] }
  - { name: b, actions: [{ run: exit 0 }] }`),
    );
    expect(statuses(run)).toEqual({ a: 'errored', b: 'succeeded' });
    expect(jobOf(run, 'a').reason).toContain('missing');
  });

  test('what the control worker refuses is said in its words', async () => {
    const reason = 'There is none of that name.';
    const run = await setting.interpreter.run(
      of(`
  - { name: action, actions: [{ approval: { prompt: refused } }] }
  - { name: job, locks: [refused], actions: [{ run: exit 0 }] }`),
    );
    expect(jobOf(run, 'action').reason).toBe(`approval: ${reason}`);
    expect(jobOf(run, 'job').reason).toBe(reason);
    const whole = await setting.interpreter.run(
      of('  - { name: a, actions: [{ run: exit 0 }] }', 'locks: [refused]\n'),
    );
    expect(whole).toMatchObject({ status: 'errored', reason });
  });
});

describe('data', () => {
  test('outputs go from Action to Action and from Job to Job, and keep their types', async () => {
    const run = await setting.interpreter.run(
      of(`
  - { name: a, actions: [{ name: x, run: 'output n=3; output list=["p","q"]' }, { set: { m: '\${{ job.current.action.x.output.n + 1 }}' } }] }
  - name: b
    requires: [a]
    skip_if: job.a.output.m != 4
    actions: [{ run: exit 0, environ: { N: '\${{ job.a.output.list[1] }}' } }]
  - { name: c, requires: [a], skip_if: job.a.output.n == 3, actions: [{ run: exit 1 }] }
  - { name: d, requires: [c], actions: [{ run: exit 0 }] }`),
    );
    expect(statuses(run)).toEqual({ a: 'succeeded', b: 'succeeded', c: 'skipped', d: 'succeeded' });
    expect(jobOf(run, 'a').output).toEqual({ n: 3, list: ['p', 'q'], m: 4 });
    expect(setting.interpreter.tasks.find(({ key }) => key.jobPath === 'b')?.input['environ']).toEqual({ N: 'q' });
  });

  test('match reads what was printed before it, also where it is too long for the history', async () => {
    const long = 'x'.repeat(200);
    const run = await setting.interpreter.run(
      of(`
  - name: a
    actions:
      - { name: version, run: 'print Alpine Linux v3.18.0' }
      - { name: m, match: 'v([0-9.]+)' }
      - { compare: 'job.current.action.m.output.0 == "3.18.0"' }
      - { name: long, run: 'print ${long} v9' }
      - { name: n, match: 'x v(.)' }
      - { compare: 'job.current.action.n.output.0 == "9"' }
      - { match: nowhere }`),
    );
    const actions = jobOf(run, 'a').actions.map(({ name, status }) => [name, status]);
    expect(actions).toEqual([
      ['version', 'succeeded'],
      ['m', 'succeeded'],
      ['compare', 'succeeded'],
      ['long', 'succeeded'],
      ['n', 'succeeded'],
      ['compare-2', 'succeeded'],
      ['match', 'failed'],
    ]);
  });

  test('a called Job sees its own params only, and its args are checked once more', async () => {
    const files = `
name: p
parameters: [{ name: size, type: object, default: { wide: big } }]
jobs:
  - { name: good, job: lib, args: { size: '\${{ pipeline.parameters.size.wide }}' } }
  - { name: bad, job: lib, args: { size: '\${{ pipeline.parameters.size.wide + "ger" }}' } }
---
kind: Job
name: lib
params: [{ name: size, type: string, options: [small, big] }]
actions: [{ run: exit 0, environ: { SIZE: '\${{ job.self.params.size }}' } }]
`;
    const run = await setting.interpreter.run(files, { pipeline: 'p' });
    expect(statuses(run)).toEqual({ good: 'succeeded', bad: 'errored' });
    expect(jobOf(run, 'bad').reason).toContain('"small"');
    expect(setting.interpreter.tasks[0]?.input['environ']).toEqual({ SIZE: 'big' });
  });

  test('for_each makes a Job an item, in order, and gives the list of their outputs', async () => {
    const run = await setting.interpreter.run(
      of(`
  - { name: list, actions: [{ run: 'output items=["p","q","r"]' }] }
  - name: each
    requires: [list]
    for_each: '\${{ job.list.output.items }}'
    actions: [{ run: exit 0, environ: { I: '\${{ job.self.item }}\${{ job.self.index }}' } }, { set: { got: '\${{ job.self.item }}' } }]
  - { name: after, requires: [each], actions: [{ set: { last: '\${{ job.each.output[2].got }}' } }] }
  - { name: none, for_each: [], actions: [{ run: exit 1 }] }`),
    );
    expect(run.status).toBe('succeeded');
    expect(statuses(run)).toMatchObject({ 'each[0]': 'succeeded', 'each[2]': 'succeeded', none: 'succeeded' });
    expect(jobOf(run, 'after').output).toEqual({ last: 'r' });
    const given = setting.interpreter.tasks.filter(({ key }) => key.jobPath.startsWith('each'));
    expect(given.map(({ input }) => (input['environ'] as { I: string }).I).sort()).toEqual(['p0', 'q1', 'r2']);
  });

  test('for_each over what is no list breaks the Job, with what it was', async () => {
    const run = await setting.interpreter.run(
      of(`
  - { name: a, actions: [{ set: { items: 'text' } }] }
  - { name: each, requires: [a], for_each: '\${{ job.a.output.items }}', actions: [{ run: exit 0 }] }`),
    );
    expect(jobOf(run, 'each')).toMatchObject({ status: 'errored', reason: 'for_each gave string, not a list.' });
  });
});

describe('time', () => {
  test('an Action is tried again as often as its retry says, and its workspace stays', async () => {
    const run = await setting.interpreter.run(
      of(`
  - { name: a, actions: [{ run: fail-until 3, retry: { attempts: 3, delay: 1h, backoff: 2 } }] }
  - { name: b, actions: [{ run: exit 1, retry: { attempts: 2 } }] }`),
    );
    expect(statuses(run)).toEqual({ a: 'succeeded', b: 'failed' });
    expect(setting.interpreter.executed.filter((one) => one.startsWith('a/'))).toEqual([
      'a/run#1',
      'a/run#2',
      'a/run#3',
    ]);
    expect(
      new Set(setting.interpreter.tasks.filter(({ key }) => key.jobPath === 'a').map(({ key }) => key.jobAttempt)),
    ).toEqual(new Set([1]));
    const lasted = Date.parse(jobOf(run, 'a').endedAt ?? '') - Date.parse(jobOf(run, 'a').startedAt ?? '');
    expect(lasted).toBeGreaterThanOrEqual(3 * 3_600_000);
  });

  test('a Job is tried again in a new workspace, and the old one goes', async () => {
    const run = await setting.interpreter.run(
      of(`
  - name: group
    retry: { attempts: 2 }
    jobs: [{ name: inner, actions: [{ name: x, run: exit 0 }, { name: y, run: exit 1 }] }]`),
    );
    expect(run.status).toBe('failed');
    expect(setting.interpreter.executed).toEqual([
      'group/inner/x#1',
      'group/inner/y#1',
      'group/inner/x#1',
      'group/inner/y#1',
    ]);
    const attempts = setting.interpreter.tasks.map(({ key }) => key.jobAttempt);
    expect(attempts).toEqual([1, 1, 2, 2]);
    expect(jobOf(run, 'group').attempt).toBe(2);
    const [tried, ...others] = jobOf(run, 'group').tries ?? [];
    expect(others).toEqual([]);
    expect(tried).toMatchObject({ status: 'failed', startedAt: jobOf(run, 'group').startedAt, nextAt: tried?.endedAt });
  });

  test('each try of a group gives its Jobs all the tries that they have', async () => {
    await setting.interpreter.run(
      of(`
  - name: group
    retry: { attempts: 2 }
    jobs: [{ name: inner, retry: { attempts: 3 }, actions: [{ run: exit 1 }] }]`),
    );
    expect(setting.interpreter.tasks.map(({ key }) => key.jobAttempt)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test('wait holds for as long as it says', async () => {
    const run = await setting.interpreter.run(
      of(`
  - { name: a, actions: [{ wait: 6h }] }`),
    );
    const [action] = jobOf(run, 'a').actions;
    expect(Date.parse(action?.endedAt ?? '') - Date.parse(action?.startedAt ?? '')).toBeGreaterThanOrEqual(
      6 * 3_600_000,
    );
  });

  test('a timeout ends what takes longer, and leaves nothing on the Worker', async () => {
    const run = await setting.interpreter.run(
      of(`
  - { name: a, timeout: 2s, actions: [{ name: quick, run: exit 0 }, { name: slow, run: hang }, { run: exit 0 }] }
  - { name: b, requires: [a], when: always, actions: [{ run: exit 0 }] }`),
    );
    expect(statuses(run)).toEqual({ a: 'timed_out', b: 'succeeded' });
    expect(run.status).toBe('timed_out');
    expect(jobOf(run, 'a').actions[1]?.status).toBe('stopped');
    expect(setting.interpreter.tornDown).toHaveLength(1);
  });
});

describe('people', () => {
  const held = of(`
  - { name: plan, actions: [{ run: exit 0 }] }
  - { name: hold, requires: [plan], actions: [{ name: gate, approval: { prompt: 'Sure?', roles: [administrator], timeout: 30d } }] }
  - { name: apply, requires: [hold], actions: [{ run: exit 0 }] }`);

  async function waiting(runId: string): Promise<void> {
    await expect
      .poll(() => [...setting.interpreter.approvals.values()].some(({ request }) => request.runId === runId))
      .toBe(true);
  }

  test('an approval holds the run until somebody decides', async () => {
    const started = await setting.interpreter.start(held);
    await waiting(started.runId);
    await expect.poll(async () => (await started.handle.query<RunState>('state')).status).toBe('waiting');
    const state = await started.handle.query<RunState>('state');
    expect(jobOf(state, 'hold').wait).toMatchObject({ kind: 'approval', roles: ['administrator'] });
    expect(state.reason).toBe('Waits for approval by administrator');
    await started.decide('approved', 'go');
    const run = await started.result();
    expect(run.status).toBe('succeeded');
    expect(jobOf(run, 'hold').actions[0]?.output).toMatchObject({ by: ['local/admin'], comment: 'go' });
  });

  test('a signal alone approves nothing', async () => {
    const started = await setting.interpreter.start(held);
    await waiting(started.runId);
    const [id] = [...setting.interpreter.approvals.keys()];
    await started.handle.signal('approvalDecided', { approvalId: id ?? '' });
    await setting.environment.sleep('1s');
    expect((await started.handle.query<RunState>('state')).status).toBe('waiting');
    await started.decide('rejected', 'not now');
    const run = await started.result();
    expect(run.status).toBe('failed');
    expect(statuses(run)).toEqual({ plan: 'succeeded', hold: 'failed', apply: 'blocked' });
    expect(jobOf(run, 'hold').reason).toBe('gate: Rejected by local/admin: not now');
  });

  test('an approval is still there after 29 days, and counts as rejected after 30', async () => {
    const started = await setting.interpreter.start(held);
    await waiting(started.runId);
    await setting.environment.sleep('29d');
    expect((await started.handle.query<RunState>('state')).status).toBe('waiting');
    const run = await started.result();
    expect(jobOf(run, 'hold')).toMatchObject({ status: 'failed' });
    expect(jobOf(run, 'hold').reason).toContain('Nobody decided');
  });

  test('stop ends what runs and what waits, and tears down', async () => {
    const started = await setting.interpreter.start(
      of(`
  - { name: a, actions: [{ name: first, run: exit 0 }, { run: hang }, { name: last, run: exit 0 }] }
  - { name: hold, actions: [{ approval: ok }] }
  - { name: after, requires: [a], when: always, actions: [{ run: exit 0 }] }`),
    );
    await expect.poll(() => setting.interpreter.executed).toContain('a/run#1');
    await waiting(started.runId);
    await started.handle.signal('stop', { by: 'local/admin' });
    const run = await started.result();
    expect(run).toMatchObject({ status: 'stopped', reason: 'It was stopped by local/admin.' });
    expect(statuses(run)).toEqual({ a: 'stopped', hold: 'stopped', after: 'stopped' });
    expect(setting.interpreter.tornDown).toHaveLength(1);
    expect([...setting.interpreter.approvals.values()].map(({ outcome }) => outcome.state)).toEqual(['expired']);
  });

  test('temporal workflow cancel is a stop as well', async () => {
    const started = await setting.interpreter.start(
      of(`
  - { name: a, actions: [{ run: hang }] }`),
    );
    await expect.poll(() => setting.interpreter.executed).toContain('a/run#1');
    await started.handle.cancel();
    expect(await started.result()).toMatchObject({ status: 'stopped', reason: 'It was cancelled in Temporal.' });
  });
});

describe('taking over', () => {
  test('what an earlier run brought about is not done again', async () => {
    const files = of(`
  - { name: a, actions: [{ run: 'output n=1' }] }
  - { name: b, requires: [a], actions: [{ run: exit 1, environ: { N: '\${{ job.a.output.n }}' } }] }`);
    const first = await setting.interpreter.run(files);
    expect(first.status).toBe('failed');
    setting.interpreter.executed.length = 0;
    const inherited = first.jobs
      .filter(({ status }) => status === 'succeeded')
      .map((job) => ({ ...job, inherited: true }));
    const second = await setting.interpreter.run(files, { inherited });
    expect(setting.interpreter.executed).toEqual(['b/run#1']);
    expect(jobOf(second, 'a')).toMatchObject({ inherited: true, status: 'succeeded' });
    expect(setting.interpreter.tasks.at(-1)?.input['environ']).toEqual({ N: 1 });
    const told = setting.interpreter.transitions
      .filter(({ runId }) => runId === second.runId)
      .flatMap(({ jobs }) => jobs);
    const statuses = told.filter(({ path }) => path === 'a').map(({ status }) => status);
    expect([...new Set(statuses)]).toEqual(['succeeded']);
  });

  test('a group that is tried again runs also what had been taken over', async () => {
    const files = of(`
  - name: group
    retry: { attempts: 2 }
    jobs:
      - { name: a, actions: [{ run: exit 0 }] }
      - { name: b, requires: [a], actions: [{ run: exit 1 }] }`);
    const first = await setting.interpreter.run(files);
    setting.interpreter.executed.length = 0;
    const inherited = first.jobs.filter(({ name }) => name === 'a').map((job) => ({ ...job, inherited: true }));
    const second = await setting.interpreter.run(files, { inherited });
    expect(setting.interpreter.executed).toEqual(['group/b/run#1', 'group/a/run#1', 'group/b/run#1']);
    expect(jobOf(second, 'group/a')).toMatchObject({ inherited: false, status: 'succeeded' });
  });
});

describe('size', () => {
  const names = ['a', 'b', 'c', 'd', 'e'];
  const parameters = Object.fromEntries(names.map((name) => [name, randomBytes(45_000).toString('base64')]));
  const withParameters = (jobs: string) =>
    `name: p\nparameters: [${names.map((name) => `{ name: ${name}, type: string }`).join(', ')}]\njobs:\n${jobs}`;
  const environ = (of: readonly string[]) =>
    `{ ${of.map((name) => `V${name}: '\${{ pipeline.parameters.${name} }}'`).join(', ')} }`;

  test('an input that is too large for a history ends its Job, with the remedy', async () => {
    const job = `  - { name: x, actions: [{ run: exit 0, environ: ${environ(names)} }] }`;
    const run = await setting.interpreter.run(withParameters(job), { parameters });
    expect(run.status).toBe('errored');
    expect(jobOf(run, 'x').reason).toMatch(
      /holds 29\d KiB, more than the 256 KiB that fit\. Put large values in a file/,
    );
    expect(setting.interpreter.executed).toEqual([]);
  });

  test('many large inputs at once are sent one after the other', async () => {
    const jobs = Array.from(
      { length: 40 },
      (_, at) => `  - { name: j${at}, actions: [{ run: exit 0, environ: ${environ(names.slice(0, 3))} }] }`,
    );
    const run = await setting.interpreter.run(withParameters(jobs.join('\n')), { parameters });
    expect(run.status).toBe('succeeded');
    expect(setting.interpreter.executed).toHaveLength(40);
  });

  test('a run of thousands of Actions ends, and no history passes 10,240 events', { timeout: 240_000 }, async () => {
    const jobs = Array.from({ length: 300 }, (_, at) => {
      const actions = Array.from({ length: 5 }, () => '{ run: exit 0 }').join(', ');
      return `  - { name: j${at}, actions: [${actions}] }`;
    });
    const started = await setting.interpreter.start(of(jobs.join('\n')));
    const run = await started.result();
    expect(run.status).toBe('succeeded');
    expect(run.jobs.every(({ actions }) => actions.every(({ status }) => status === 'succeeded'))).toBe(true);
    expect(new Set(setting.interpreter.executed).size).toBe(1500);
    expect(setting.interpreter.executed).toHaveLength(1500);
    expect((await started.handle.describe()).historyLength).toBeLessThan(10_240);
  });

  test('one long chain goes on in a new history, and does nothing twice', { timeout: 240_000 }, async () => {
    const jobs = Array.from(
      { length: 1700 },
      (_, at) => `  - { name: j${at}, actions: [{ run: exit 0 }, { set: { n: ${at} } }] }`,
    );
    const started = await setting.interpreter.start(of(jobs.join('\n'), 'sequence: true\n'));
    const run = await started.result();
    expect(run.status).toBe('succeeded');
    expect(setting.interpreter.executed).toHaveLength(1700);
    expect(jobOf(run, 'j1699').output).toEqual({ n: 1699 });
    expect(jobOf(run, 'j3').output).toEqual({ n: 3 });
  });
});
