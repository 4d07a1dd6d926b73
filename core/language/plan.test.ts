import { describe, expect, test } from 'vitest';
import { formatProblem } from '../errors.ts';
import type { ActionPlan, JobPlan, Plan } from '../plan.ts';
import { builtInCatalogue } from './catalogue.ts';
import { checkFiles } from './check-files.ts';

const check = (content: string) => checkFiles([{ name: 'f.yaml', content }], [], builtInCatalogue);
const faults = (content: string) => check(content).problems.map(formatProblem);
function planned(content: string, name = 'p'): Plan {
  const { plans, problems } = check(content);
  expect(problems.map(formatProblem)).toEqual([]);
  return plans.get(name) as Plan;
}
const actionsOf = (job: JobPlan | undefined): ActionPlan[] => (job?.body.kind === 'actions' ? job.body.actions : []);

test('a priority is from 1 to 5, and none where the file says none', () => {
  const withPriority = (text: string) => `name: p\n${text}jobs: [{ name: a, actions: [{ run: 'x' }] }]`;
  expect(planned(withPriority('priority: 1\n')).priority).toBe(1);
  expect(planned(withPriority(''))).not.toHaveProperty('priority');
  expect(faults(withPriority('priority: 0\n'))).toHaveLength(1);
});

describe('Jobs', () => {
  test('come after those that they require, else as written', () => {
    const plan = planned(`
name: p
jobs:
  - { name: late, requires: [middle, early], actions: [{ run: 'true' }] }
  - { name: early, actions: [{ run: 'true' }] }
  - { name: middle, requires: [early], actions: [{ run: 'true' }] }
  - { name: other, actions: [{ run: 'true' }] }
`);
    expect(plan.jobs.map(({ name, requires }) => [name, requires])).toEqual([
      ['early', []],
      ['middle', ['early']],
      ['late', ['middle', 'early']],
      ['other', []],
    ]);
  });

  test('run in written order under sequence', () => {
    const plan = planned(
      "name: p\nsequence: true\njobs: [{ name: a, actions: [{ run: 'x' }] }, { name: b, actions: [{ run: 'x' }] }]",
    );
    expect(plan.jobs.map(({ requires }) => requires)).toEqual([[], ['a']]);
  });

  test('of the library are put in their places, with the Engine of their caller', () => {
    const plan = planned(`
name: p
parameters: [{ name: who, type: string }]
engine: { type: local, environ: { A: b }, runs_on: { os: linux } }
jobs:
  - { name: call, job: greet, args: { whom: '\${{ pipeline.parameters.who }}' }, runs_on: { arch: arm64 }, timeout: 5m }
---
kind: Job
name: greet
params: [{ name: whom, type: string }, { name: times, type: number, default: 1 }]
retry: { attempts: 3, delay: 2s }
timeout: 1h
actions: [{ run: echo, environ: { W: '\${{ job.self.params.whom }}' } }]
`);
    const [job] = plan.jobs;
    expect(job).toMatchObject({
      name: 'call',
      calls: { kind: 'Job', name: 'greet' },
      args: { whom: { expr: 'pipeline.parameters.who' } },
      retry: { attempts: 3, delayMs: 2000, backoff: 1, on: ['failed'] },
      timeoutMs: 300_000,
    });
    expect(actionsOf(job)[0]?.engine).toEqual({
      name: 'local',
      type: 'local',
      settings: { environ: { literal: { A: 'b' } } },
      requires: { os: 'linux', arch: 'arm64' },
    });
  });

  test('of a called Pipeline have parameters of their own, those of a group the Pipeline’s', () => {
    const plan = planned(`
name: p
parameters: [{ name: a, type: string }]
jobs:
  - { name: call, pipeline: q, args: { b: x } }
  - name: group
    requires: [call]
    jobs:
      - { name: inner, actions: [{ run: x, environ: { A: '\${{ pipeline.parameters.a }}', S: '\${{ job["call"].status }}' } }] }
---
name: q
parameters: [{ name: b, type: string }]
jobs: [{ name: inner, actions: [{ run: x, environ: { B: '\${{ pipeline.parameters.b }}' } }] }]
`);
    expect(plan.jobs.map(({ body }) => body.kind === 'jobs' && body.scope)).toEqual(['new', 'inherit']);
  });

  test('and Actions of the library can be run by themselves', () => {
    const content = `
kind: Job
name: j
params: [{ name: a-b, type: string }]
actions: [{ announce: { text: '\${{ job.self.params["a-b"] }}' } }]
---
kind: Action
name: announce
params: [{ name: text, type: string }]
run: printf '%s' "$TEXT"
environ: { TEXT: 'Say: \${{ job.self.params.text }}' }
`;
    const job = planned(content, 'j');
    expect(job.parameters.map(({ name }) => name)).toEqual(['a-b']);
    expect(job.jobs[0]).toMatchObject({ name: 'j', args: { 'a-b': { expr: 'pipeline.parameters["a-b"]' } } });
    expect(actionsOf(job.jobs[0])[0]).toMatchObject({
      name: 'announce',
      type: 'run',
      input: { environ: { object: { TEXT: { template: ['Say: ', { expr: 'job.self.params["a-b"]' }] } } } },
    });
    const action = planned(content, 'announce');
    expect(actionsOf(action.jobs[0])[0]).toMatchObject({
      name: 'announce',
      input: { environ: { object: { TEXT: { template: ['Say: ', { expr: 'job.self.params.text' }] } } } },
    });
  });

  test('made of a call in the library are a group of that call', () => {
    const plan = planned(`
name: p
jobs: [{ name: a, job: wrapper, args: { x: '1' } }]
---
kind: Job
name: wrapper
params: [{ name: x, type: string }]
job: inner
args: { y: '\${{ pipeline.parameters.x }}' }
---
kind: Job
name: inner
params: [{ name: y, type: string }]
actions: [{ run: 'true' }]
`);
    expect(plan.jobs[0]?.body).toMatchObject({ kind: 'jobs', scope: 'new', jobs: [{ name: 'inner' }] });
  });
});

describe('what is wrong with Jobs', () => {
  const pipeline = (jobs: string) => `name: p\njobs:\n${jobs}`;
  test.each([
    [
      '- { name: a, requires: [b], actions: [{ run: x }] }',
      '3:25 jobs[0].requires[0]: there is no Job "b" beside this one; there is a.',
    ],
    ['- { name: a, requires: [a], actions: [{ run: x }] }', 'the Job a requires itself'],
    [
      '- { name: a, requires: [b], actions: [{ run: x }] }\n- { name: b, requires: [c], actions: [{ run: x }] }\n- { name: c, requires: [b], actions: [{ run: x }] }',
      'these Jobs require one another: b → c → b',
    ],
    [
      '- { name: a, actions: [{ run: x }] }\n- { name: a, actions: [{ run: x }] }',
      '4:11 jobs[1].name: the Job a is there twice',
    ],
    ['- { name: a, when: failure, actions: [{ run: x }] }', 'this Job is never reached'],
    ['- { name: a }', 'a Job has one of actions, jobs, job and pipeline; this has none'],
    ['- { name: a, job: b, actions: [{ run: x }] }', 'this has actions and job'],
    ['- { actions: [{ run: x }] }', 'this Job needs a name'],
    ['- { name: a, job: b }', 'there is no Job "b" in the library'],
    ['- { name: a, pipeline: p }', '3:24 jobs[0].pipeline: this calls itself: p → p'],
    ['- { name: a, job: p }', 'p is a Pipeline. Write pipeline: p.'],
    ['- { name: a, image: x, actions: [{ run: x }] }', 'image belongs to type: container'],
    ['- { name: a, sequence: true, actions: [{ run: x }] }', 'sequence belongs to jobs'],
    ['- { name: a, engine: lcal, actions: [{ run: x }] }', 'there is no Engine "lcal"; did you mean "local"?'],
    [
      '- { name: a, engine: { type: nowhere, image: x }, actions: [{ run: x }] }',
      'there is no type of Engine "nowhere" yet; there is ',
    ],
    [
      '- { name: a, engine: { type: local, shel: [bash] }, actions: [{ run: x }] }',
      'no field "shel"; did you mean "shell"?',
    ],
    ["- { name: a, engine: { type: local, shell: ['${{ trigger.title }}'] }, actions: [{ run: x }] }", 'shell is code'],
    [
      "- { name: a, engine: { type: local, environ: '${{ trigger.title }}' }, actions: [{ run: x }] }",
      'the names in environ must be written in place',
    ],
    ['- { name: a, for_each: text, actions: [{ run: x }] }', 'for_each takes a list'],
    ['- { name: a, skip_if: job.self.params.x == 1, actions: [{ run: x }] }', 'job.self.params is not there yet'],
    ['- { name: a, args: { x: 1 }, actions: [{ run: x }] }', 'has no param "x"; it has none'],
    [
      '- { name: a, params: [{ name: x, type: number, default: one }], actions: [{ run: x }] }',
      'x takes a number, not a string',
    ],
    [
      '- { name: a, params: [{ name: x, type: string, default: c, options: [a, b] }], actions: [{ run: x }] }',
      'x may be "a", "b", not "c"',
    ],
    [
      '- { name: a, params: [{ name: x, type: string, default: a }], jobs: [{ name: b, actions: [{ run: x }] }] }',
      'the group has no params',
    ],
  ])('%s', (jobs, expected) => {
    expect(faults(pipeline(jobs)).join('\n')).toContain(expected);
  });

  test('a ring of calls is told with all that is in it', () => {
    const content = 'name: a\njobs: [{ name: x, pipeline: b }]\n---\nname: b\njobs: [{ name: x, pipeline: a }]\n';
    expect(faults(content).join('\n')).toContain('this calls itself: a → b → a');
  });

  test.each([
    ['{ account: 1 }', "account takes a string, not a number. Put it in quotes: '1'."],
    ['{ account: x, acount: y }', 'the Job j has no param "acount"; did you mean "account"?'],
    ['{ }', 'the Job j needs account (string). Pass it by args.'],
    ['{ account: x, env: test }', 'env may be "nonprod", "prod", not "test"'],
    ["{ account: '${{ pipeline.parameters.n }}' }", 'account takes a string, not a number'],
    ["{ account: '${{ 1 == 1 }}' }", 'account takes a string, not a boolean'],
    ['{ account: { from_credential: x } }', 'a Credential is referred to where it is used'],
    ["{ account: '${{ pipeline.parameters.nn }}' }", 'did you mean "n"?'],
  ])('args %s', (args, expected) => {
    const job =
      'kind: Job\nname: j\nparams: [{ name: account, type: string }, { name: env, type: string, options: [nonprod, prod], default: prod }]\nactions: [{ run: x }]';
    expect(
      faults(
        `name: p\nparameters: [{ name: n, type: number }]\njobs: [{ name: a, job: j, args: ${args} }]\n---\n${job}`,
      ).join('\n'),
    ).toContain(expected);
  });

  test('a plan has a limit, which is told', () => {
    const jobs = Array.from({ length: 2001 }, (_, index) => ({ name: `j${index}`, actions: [{ run: 'x' }] }));
    expect(faults(JSON.stringify({ name: 'p', jobs })).join()).toContain('a plan may have 2000 Jobs');
    // 2^20 Jobs, were they all planned.
    const doubling = Array.from({ length: 20 }, (_, index) => ({
      name: `p${index}`,
      jobs: ['a', 'b'].map((name) =>
        index === 19 ? { name, actions: [{ run: 'x' }] } : { name, pipeline: `p${index + 1}` },
      ),
    }));
    const start = process.threadCpuUsage();
    expect(faults(doubling.map((one) => JSON.stringify(one)).join('\n---\n')).join()).toContain(
      'a plan may have 2000 Jobs',
    );
    expect(process.threadCpuUsage(start).user).toBeLessThan(5_000_000);
  });

  test.each([
    [
      'unknown fields',
      `name: p\njobs: []\n${Array.from({ length: 40_000 }, (_, index) => `field_${index}: 1`).join('\n')}`,
    ],
    [
      'unknown requirements',
      JSON.stringify({
        name: 'p',
        jobs: Array.from({ length: 1900 }, (_, index) => ({
          name: `job-number-${index}`,
          requires: Array.from({ length: 20 }, (__, other) => `jbo-number-${index}-${other}`),
          actions: [{ run: 'x' }],
        })),
      }),
    ],
    [
      'unknown Actions',
      JSON.stringify({
        name: 'p',
        jobs: [
          {
            name: 'j',
            actions: Array.from({ length: 10_000 }, (_, index) => ({
              name: `action-${index}`,
              run: 'x',
              skip_if: `job.current.action["acton-${index}"].status == 1`,
            })),
          },
        ],
      }),
    ],
    [
      'unknown args',
      JSON.stringify({
        name: 'p',
        jobs: [
          {
            name: 'j',
            args: Object.fromEntries(Array.from({ length: 40_000 }, (_, index) => [`arg_${index}`, 1])),
            actions: [{ run: 'x' }],
          },
        ],
      }),
    ],
    [
      'unknown fields of an Action',
      JSON.stringify({
        name: 'p',
        jobs: [
          {
            name: 'j',
            actions: [
              { run: 'x', ...Object.fromEntries(Array.from({ length: 40_000 }, (_, index) => [`arg_${index}`, 1])) },
            ],
          },
        ],
      }),
    ],
  ])('many %s are told of in no long time, and at most 200 times', (_, content) => {
    // Of this process alone: what else the machine does counts for nothing.
    const before = process.cpuUsage();
    expect(faults(content).length).toBeLessThanOrEqual(200);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(3000);
  });

  test('1,000 Jobs of 5 Actions, and one of 10,000, are planned in well under a second', () => {
    const job = (name: string, actions: number) => ({
      name,
      actions: Array.from({ length: actions }, () => ({ run: 'true' })),
    });
    for (const jobs of [Array.from({ length: 1000 }, (_, index) => job(`j${index}`, 5)), [job('j', 10_000)]]) {
      const start = process.threadCpuUsage();
      planned(JSON.stringify({ name: 'p', sequence: true, jobs }));
      expect(process.threadCpuUsage(start).user).toBeLessThan(2_000_000);
    }
  });
});
