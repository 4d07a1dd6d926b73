import { expect, test } from 'vitest';
import { builtInCatalogue, checkFiles } from '../../core/language/index.ts';
import type { Plan } from '../../core/plan.ts';
import { planQueues } from './plan-queues.ts';

test('a plan names the queues of its Actions, in groups too, and none for control flow', () => {
  const content = `kind: Pipeline
name: p
jobs:
  - name: a
    runs_on: { os: linux }
    actions: [{ run: 'true' }, { match: x }]
  - name: g
    jobs:
      - { name: b, actions: [{ run: 'true' }, { http: { url: 'https://example.test' } }] }
  - { name: c, actions: [{ set: { x: 1 } }] }
`;
  const { plans, problems } = checkFiles([{ name: 'p.yaml', content }], [], builtInCatalogue);
  expect(problems).toEqual([]);
  const queues = planQueues(plans.get('p') as Plan, builtInCatalogue.actions);
  expect(queues.map(({ queue }) => queue).sort()).toEqual(['engine/local', 'engine/local?os=linux', 'engine/native']);
});

test('and those of what sets its Engines up', () => {
  const content = `kind: Job
name: up
actions: [{ http: { url: 'https://example.test' } }]
---
kind: Pipeline
name: p
jobs: [{ name: a, engine: { type: local, runs_on: { os: linux }, setup: { job: up } }, actions: [{ run: 'true' }] }]
`;
  const { plans } = checkFiles([{ name: 'p.yaml', content }], [], builtInCatalogue);
  const queues = planQueues(plans.get('p') as Plan, builtInCatalogue.actions);
  expect(queues.map(({ queue }) => queue).sort()).toEqual(['engine/local?os=linux', 'engine/native?os=linux']);
});
