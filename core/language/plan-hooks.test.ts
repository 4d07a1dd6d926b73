import { describe, expect, test } from 'vitest';
import { formatProblem } from '../errors.ts';
import { actionsOf } from '../hooks.ts';
import type { JobBody, Plan } from '../plan.ts';
import { builtInCatalogue } from './catalogue.ts';
import { checkFiles, checkRemoval } from './check-files.ts';
import type { SavedDefinition } from './library.ts';
import { parseFiles } from './parse.ts';

const check = (content: string, saved: SavedDefinition[] = []) =>
  checkFiles([{ name: 'f.yaml', content }], saved, builtInCatalogue);
const faults = (content: string) => check(content).problems.map(formatProblem);

function bodyOf(content: string, name = 'p'): Extract<JobBody, { kind: 'actions' }> {
  const { plans, problems } = check(content);
  expect(problems.map(formatProblem)).toEqual([]);
  const body = (plans.get(name) as Plan).jobs[0]?.body;
  if (body?.kind !== 'actions') throw new Error('no Actions');
  return body;
}

const engine = (more = 'setup: { job: up }', name = 'box') => `kind: Engine\nname: ${name}\ntype: local\n${more}\n`;
const library = (up = "actions: [{ run: 'true' }]") => `---
kind: Job
name: up
${up}
---
kind: Job
name: down
timeout: 3m
actions: [{ name: off, run: 'true' }]
`;
const pipeline = (actions: string, more = 'engine: box') =>
  `---\nname: p\njobs: [{ name: a, ${more}, actions: [${actions}] }]\n`;
const both = 'setup: { job: up }\nteardown: { job: down }';

describe('the plan of a Job has what its Engines need', () => {
  test('in the order in which it comes, and each Action says whose Engine it is on', () => {
    const body = bodyOf(
      engine(both) +
        library() +
        pipeline("{ run: x }, { set: { b: 1 } }, { name: y, engine: local, run: x }, { http: { url: 'https://a.b' } }"),
    );
    expect(actionsOf(body).map(({ name, plan }) => [name, plan.hook])).toEqual([
      ['setup:box:run', 'box'],
      ['run', 'box'],
      ['set', undefined],
      ['y', undefined],
      ['http', undefined],
      ['teardown:box:off', 'box'],
    ]);
  });

  test('with a time for the teardown, and for the setup where its Job has one', () => {
    const [hooks] = bodyOf(engine(both) + library() + pipeline('{ run: x }')).hooks ?? [];
    expect([hooks?.setup?.timeoutMs, hooks?.teardown?.timeoutMs]).toEqual([undefined, 180_000]);
    const [other] = bodyOf(engine('teardown: { job: up }') + library() + pipeline('{ run: x }')).hooks ?? [];
    expect(other?.teardown?.timeoutMs).toBe(600_000);
  });

  test('once for each Engine, whether the Job or an Action names it', () => {
    const line = '{ type: local, setup: { job: up } }';
    const body = bodyOf(
      engine() +
        library() +
        pipeline(
          `{ name: a, run: x }, { name: b, engine: box, run: x }, { name: c, engine: ${line}, run: x }, { name: d, engine: { type: local, shell: [bash], setup: { job: up } }, run: x }, { name: e, engine: ${line}, run: x }`,
        ),
    );
    expect(body.actions.map(({ hook }) => hook)).toEqual(['box', 'box', 'local', 'local-2', 'local']);
    expect(body.hooks?.map(({ name }) => name)).toEqual(['box', 'local', 'local-2']);
  });

  test('also where an Action of the library has its Engine, and not where its own is another', () => {
    const act = '---\nkind: Action\nname: act\nengine: box\nrun: x\n';
    const body = bodyOf(engine() + library() + act + pipeline('{ act: {} }', 'when: always'));
    expect(body.actions[0]?.hook).toBe('box');
    const other = bodyOf(engine() + library() + act + pipeline('{ act: {}, engine: local }', 'when: always'));
    expect([other.actions[0]?.hook, other.hooks]).toEqual([undefined, undefined]);
    expect(bodyOf(engine() + library() + act, 'act').hooks?.[0]?.name).toBe('box');
  });

  test('and nothing where no Engine has any, as plans were before', () => {
    const body = bodyOf(engine('') + library() + pipeline('{ run: x }'));
    expect(Object.keys(body)).toEqual(['kind', 'actions']);
    expect(body.actions[0]).not.toHaveProperty('hook');
  });

  test('whose Actions are on the Engine it is attached to, or on one of their own', () => {
    const up = 'actions: [{ name: a, run: x }, { name: b, engine: local, run: x }, { name: c, engine: box, run: x }]';
    const { hooks } = bodyOf(engine('environ: { A: b }\nsetup: { job: up }') + library(up) + pipeline('{ run: x }'));
    expect(hooks?.[0]?.setup?.actions.map((one) => [one.engine.name, one.hook])).toEqual([
      ['box', 'box'],
      ['local', undefined],
      ['box', 'box'],
    ]);
    const own = bodyOf(engine() + library('engine: local\nactions: [{ run: x }]') + pipeline('{ run: x }'));
    expect(own.hooks?.[0]?.setup?.actions[0]).toMatchObject({ engine: { name: 'local' } });
    expect(own.hooks?.[0]?.setup?.actions[0]).not.toHaveProperty('hook');
  });

  test('whose args may name what the Job can where the Engine is in line, and are fixed in the library', () => {
    const up = 'params: [{ name: n, type: string }]\nactions: [{ run: x }]';
    const args = "setup: { job: up, args: { n: '${{ job.self.params.who }}' } }";
    const job = `engine: { type: local, ${args} }, params: [{ name: who, type: string, default: me }]`;
    const body = bodyOf(`kind: Job\nname: up\n${up}\n${pipeline('{ run: x }', job)}`);
    expect(body.hooks?.[0]?.setup?.args).toEqual({ n: { expr: 'job.self.params.who' } });
    expect(faults(engine(args) + library(up))).toEqual([
      expect.stringContaining('f.yaml:4:30 setup.args.n: job.self.params is not there'),
    ]);
  });

  test('under names that a Worker can say, however long those of the files are', () => {
    const long = 'e'.repeat(100);
    const action = 'a'.repeat(100);
    const body = bodyOf(
      engine('teardown: { job: down }', long) +
        library().replace('name: off', `name: ${action}`) +
        pipeline('{ run: x }', `engine: ${long}`),
    );
    expect(Math.max(...actionsOf(body).map(({ name }) => name.length))).toBeLessThanOrEqual(200);
  });
});

describe('is refused when it is saved', () => {
  test.each([
    [
      'a Job that is not there',
      'actions: [{ run: x }]',
      'setup: { job: upp }',
      'f.yaml:4:15 setup.job: there is no Job "upp" in the library; did you mean "up"?',
    ],
    [
      'a group',
      'jobs: [{ name: x, actions: [{ run: x }] }]',
      'setup: { job: up }',
      'f.yaml:4:15 setup.job: the Job up has no Actions of its own, and a setup is made of Actions. Name a Job that has actions.',
    ],
    [
      'a call',
      'job: down',
      'teardown: { job: up }',
      'f.yaml:4:18 teardown.job: the Job up has no Actions of its own, and a teardown is made of Actions. Name a Job that has actions.',
    ],
    [
      'an approval',
      'actions: [{ approval: go? }]',
      'setup: { job: up }',
      'f.yaml:4:15 setup.job: the Action approval of the Job up is of the type approval, which no setup has. Put it in the Jobs that use the Engine, before what it is to hold.',
    ],
    [
      'a wait',
      'actions: [{ name: w, wait: 1m }]',
      'teardown: { job: up }',
      'f.yaml:4:18 teardown.job: the Action w of the Job up is of the type wait, which no teardown has. Put it in the Jobs that use the Engine, before what it is to hold.',
    ],
    [
      'a param without a value',
      'params: [{ name: n, type: number }]\nactions: [{ run: x }]',
      'setup: { job: up }',
      'f.yaml:4:8 setup: the Job up needs n (number). Pass it by args.',
    ],
    [
      'a retry',
      'retry: { attempts: 2 }\nactions: [{ run: x }]',
      'setup: { job: up }',
      'f.yaml:4:15 setup.job: the Job up has retry, but a setup runs in the Job that uses the Engine. Put retry on its Actions.',
    ],
    [
      'labels',
      'runs_on: { os: linux }\nactions: [{ run: x }]',
      'setup: { job: up }',
      'f.yaml:4:15 setup.job: the Job up has runs_on, but a setup runs in the Job that uses the Engine. Put runs_on on the Engine.',
    ],
    [
      'an Engine that has hooks as well',
      'engine: { type: local, setup: { job: down } }\nactions: [{ run: x }]',
      'setup: { job: up }',
      'f.yaml:4:15 setup.job: the Job up runs on the Engine local, which has a setup or teardown of its own. Nothing sets up an Engine for a setup: name one without them.',
    ],
  ])('%s', (_, up, hook, fault) => {
    expect(faults(engine(hook) + library(up))).toEqual([fault]);
  });

  test('in line as well', () => {
    const job = 'engine: { type: local, setup: { job: nobody } }';
    expect(faults(library() + pipeline('{ run: x }', job))).toEqual([
      expect.stringMatching(/^f\.yaml:\d+:\d+ jobs\[0\]\.engine\.setup\.job: there is no Job "nobody"/),
    ]);
  });

  test('a change or removal of the Job that an Engine names, though no Job uses the Engine', () => {
    const saved = save(engine() + library());
    const changed = check('kind: Job\nname: up\nactions: [{ approval: go? }]\n', saved).problems;
    expect(changed.map(({ file, path }) => [file, path])).toEqual([['saved Engine box', 'setup.job']]);
    expect(
      checkRemoval([{ kind: 'Job', name: 'up' }], saved, builtInCatalogue)
        .flat()
        .map(({ path }) => path),
    ).toEqual(['setup.job']);
    expect(checkRemoval([{ kind: 'Job', name: 'down' }], saved, builtInCatalogue)).toEqual([[]]);
  });
});

function save(content: string): SavedDefinition[] {
  const { documents, problems } = parseFiles([{ name: 'f.yaml', content }]);
  expect(problems).toEqual([]);
  return documents.map(({ kind, name, json, source }) => ({ kind, name, spec: json, source }));
}
