import { describe, expect, test } from 'vitest';
import { formatProblem } from '../errors.ts';
import { findJob } from '../find-job.ts';
import { builtInCatalogue, checkFiles } from './index.ts';

function check(content: string) {
  const { plans, problems } = checkFiles([{ name: 'f', content }], [], builtInCatalogue);
  return { plan: plans.get('p'), faults: problems.map(formatProblem) };
}

const job = (more: string) => `name: p\njobs:\n  - { name: a, ${more}, actions: [{ run: x }] }\n`;

describe('locks and groups', () => {
  test('are planned with their names still to be computed', () => {
    const { plan, faults } = check(`name: p
parameters: [{ name: on, type: string }]
locks: ['of-\${{ pipeline.parameters.on }}', fixed]
concurrency: deploys
jobs:
  - name: a
    for_each: [1, 2]
    locks: { names: ['n-\${{ job.self.index }}'], by: priority }
    concurrency: { group: few, limit: 3, when_full: refuse }
    actions: [{ run: x }]
`);
    expect(faults).toEqual([]);
    expect(plan?.holds).toEqual([
      {
        inside: true,
        locks: [{ template: ['of-', { expr: 'pipeline.parameters.on' }] }, { literal: 'fixed' }],
        by: 'arrival',
        group: { name: { literal: 'deploys' }, limit: 1, whenFull: 'queue' },
      },
    ]);
    expect(findJob(plan as NonNullable<typeof plan>, 'a')?.holds).toEqual([
      {
        inside: false,
        locks: [{ template: ['n-', { expr: 'job.self.index' }] }],
        by: 'priority',
        group: { name: { literal: 'few' }, limit: 3, whenFull: 'refuse' },
      },
    ]);
  });

  test('of what is called are there beside those of the call', () => {
    const { plan, faults } = check(`name: p
jobs: [{ name: a, job: called, args: { on: x }, locks: [outer] }, { name: b, pipeline: other }]
---
kind: Job
name: called
params: [{ name: on, type: string }]
locks: ['\${{ job.self.params.on }}']
actions: [{ run: x }]
---
kind: Pipeline
name: other
concurrency: others
jobs: [{ name: c, actions: [{ run: x }] }]
`);
    expect(faults).toEqual([]);
    const [a, b] = plan?.jobs ?? [];
    expect(a?.holds?.map(({ inside, locks }) => [inside, locks])).toEqual([
      [false, [{ literal: 'outer' }]],
      [true, [{ expr: 'job.self.params.on' }]],
    ]);
    expect(b?.holds).toMatchObject([{ inside: true, group: { name: { literal: 'others' } } }]);
  });

  test('a plan without any says nothing of them, as before', () => {
    const { plan } = check(job('timeout: 1h'));
    expect(JSON.stringify(plan)).not.toContain('holds');
  });

  test.each([
    ['locks: []', 'jobs[0].locks'],
    ['locks: x', 'jobs[0].locks'],
    ['locks: [a, a]', 'f:3:27 jobs[0].locks[1]: the lock a is there twice.'],
    ['locks: ["a b"]', 'f:3:24 jobs[0].locks[0]: "a b" is no name: it begins with a letter or digit'],
    ['locks: { names: [a], by: size }', 'jobs[0].locks'],
    ['locks: ["${{ pipeline.parameters.x }}"]', 'jobs[0].locks[0]: '],
    ['locks: ["${{ job.self.item }}"]', 'jobs[0].locks[0]: '],
    ['concurrency: { limit: 2 }', 'jobs[0].concurrency'],
    ['concurrency: { group: g, limit: 0 }', 'jobs[0].concurrency'],
    ['concurrency: { group: "/", limit: 1 }', 'jobs[0].concurrency.group: "/" is no name'],
    ['concurrency: { group: g, when_full: wait }', 'jobs[0].concurrency'],
  ])('%s is refused where it stands', (more, fault) => {
    const { faults } = check(job(more));
    expect(faults.length).toBeGreaterThan(0);
    expect(faults[0]).toContain(fault);
  });

  test('no setup or teardown has any, as it is no Job of its own', () => {
    const { faults } = check(`name: p
jobs: [{ name: a, engine: box, actions: [{ run: x }] }]
---
{ kind: Engine, name: box, type: local, setup: { job: up } }
---
{ kind: Job, name: up, locks: [x], concurrency: y, actions: [{ run: x }] }
`);
    expect(faults.map((fault) => fault.replace(/^.*: the/, 'the'))).toEqual([
      'the Job up has locks, but a setup runs in the Job that uses the Engine. Put locks on the Jobs that use the Engine.',
      'the Job up has concurrency, but a setup runs in the Job that uses the Engine. Put concurrency on the Jobs that use the Engine.',
    ]);
  });
});
