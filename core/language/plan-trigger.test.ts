import { expect, test } from 'vitest';
import { formatProblem } from '../errors.ts';
import { builtInCatalogue } from './catalogue.ts';
import { checkFiles, checkRemoval } from './check-files.ts';
import { triggerArgs } from './plan-trigger.ts';

const pipelines = `name: build
parameters: [{ name: branch, type: string }, { name: fast, type: boolean, default: true }]
jobs: [{ name: a, actions: [{ run: x }] }]
---
name: deploy
jobs: [{ name: a, actions: [{ run: x }] }]
---
`;
const check = (trigger: string) =>
  checkFiles([{ name: 'f.yaml', content: `${pipelines}kind: Trigger\nname: t\n${trigger}\n` }], [], builtInCatalogue);
const problems = (trigger: string) => check(trigger).problems.map((one) => formatProblem(one).replace(/^f.yaml:/, ''));
const hook = 'github: { secret: { from_credential: s }, events: [push] }\n';

test.each([
  `${hook}runs: [{ pipeline: build, args: { branch: "\${{ trigger.branch }}" } }]`,
  `${hook}`,
  'rest: {}\nif: trigger.payload.env == "prod"\nruns: [{ pipeline: deploy }, { pipeline: deploy }]',
  'manual: {}\nruns: [{ pipeline: deploy }]',
  'webhook: { secret: { from_credential: s, property: text }, header: X-Sign, delivery_id: X-Id, timestamp: { header: X-Time } }',
  'after: { pipeline: build }\nruns: [{ pipeline: deploy }]',
  'after: { pipeline: build, status: [failed, timed_out] }\nruns: [{ pipeline: deploy }]',
  'gitlab: { secret: { from_credential: s }, events: [push, tag_push, merge_request], tags: [v*] }',
  'gitea: { secret: { from_credential: s }, events: [push, pull_request], branches: ["**", "!tmp/**"] }',
])('a Trigger: %#', (trigger) => {
  expect(problems(trigger)).toEqual([]);
});

test.each([
  [
    'runs: [{ pipeline: deploy }]',
    'a Trigger has one of rest, manual, webhook, github, gitlab, gitea, after, schedule.',
  ],
  ['rest: {}\nmanual: {}', 'manual: a Trigger has one of these, not rest and manual.'],
  ['github: { events: [push] }', '10:9 github.secret: secret is missing. It is an object.'],
  ['webhook: {}', '10:10 webhook.secret: secret is missing. It is an object.'],
  ['github: { secret: { from_credential: s }, events: [] }', 'github.events: this is empty. Give at least one.'],
  [
    'github: { secret: { from_credential: s }, events: [puhs] }',
    'github.events[0]: github has no event "puhs"; did you mean "push"?',
  ],
  [
    'gitlab: { secret: { from_credential: s }, events: [pull_request] }',
    'gitlab.events[0]: gitlab has no event "pull_request"; there is build, deployment',
  ],
  [
    'github: { secret: { from_credential: s }, events: [push], branches: ["!main"] }',
    'github.branches: with nothing but ! before them nothing can match.',
  ],
  ['rest: {}\nruns: [{ pipeline: biuld }]', 'runs[0].pipeline: there is no Pipeline "biuld"; did you mean "build"?'],
  ['rest: {}\nruns: [{ pipeline: build }]', 'runs[0]: the Pipeline build needs branch (string). Pass it by args.'],
  [
    'rest: {}\nruns: [{ pipeline: build, args: { branch: a, slow: true } }]',
    'runs[0].args.slow: the Pipeline build has no param "slow"',
  ],
  [
    'rest: {}\nruns: [{ pipeline: build, args: { branch: 1 } }]',
    'runs[0].args.branch: branch takes a string, not a number.',
  ],
  [
    'rest: {}\nruns: [{ pipeline: build, args: { branch: { from_credential: s } } }]',
    'runs[0].args.branch: a Trigger passes values on; name the Credential in the Job that uses it.',
  ],
  [
    'rest: {}\nruns: [{ pipeline: build, args: { branch: "${{ job.a.output }}" } }]',
    'runs[0].args.branch: job has no upstream Job "a"',
  ],
  ['rest: {}\nif: pipeline.parameters.x', 'if: a Job or Action from the library does not know pipeline.parameters'],
  ['rest: {}\nif: trigger.branch ==', 'if: '],
  ['after: { pipeline: biuld }', 'after.pipeline: there is no Pipeline "biuld"; did you mean "build"?'],
  ['after: { pipeline: build, status: [running] }', 'after.status[0]: "running" is none of'],
  [
    'after: { pipeline: deploy }\nruns: [{ pipeline: deploy }]',
    'after: these Pipelines would start one another for ever: deploy → deploy.',
  ],
])('%s', (trigger, problem) => {
  expect(problems(trigger)).toEqual([expect.stringContaining(problem)]);
});

test('Pipelines that would start one another for ever are found through other Triggers', () => {
  const ring = `after: { pipeline: deploy }
runs: [{ pipeline: build, args: { branch: a } }]
---
kind: Trigger
name: u
after: { pipeline: build }
runs: [{ pipeline: deploy }]`;
  expect(problems(ring).join('\n')).toContain('deploy → build → deploy');
});

test('what a Trigger starts or waits for cannot be removed', () => {
  const { documents } = check('after: { pipeline: deploy }\nruns: [{ pipeline: build, args: { branch: a } }]');
  const saved = documents.map(({ kind, name, json, source }) => ({ kind, name, spec: json, source }));
  for (const name of ['build', 'deploy']) {
    const [[problem] = []] = checkRemoval([{ kind: 'Pipeline', name }], saved, builtInCatalogue);
    expect(problem?.message).toContain(`there is no Pipeline "${name}"`);
  }
  const changed = pipelines.split('---\n')[0]?.replace('name: branch', 'name: ref') ?? '';
  const { problems: broken } = checkFiles([{ name: 'g.yaml', content: changed }], saved, builtInCatalogue);
  expect(broken.map(({ file }) => file)).toContain('saved Trigger t');
});

test('args are values that only read trigger', () => {
  expect(triggerArgs({ a: '${{ trigger.title }}', b: 'v${{ trigger.sha }}', c: [1] })).toEqual({
    a: { expr: 'trigger.title' },
    b: { template: ['v', { expr: 'trigger.sha' }] },
    c: { literal: [1] },
  });
});
