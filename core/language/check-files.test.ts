import { describe, expect, test } from 'vitest';
import { formatProblem } from '../errors.ts';
import { builtInCatalogue } from './catalogue.ts';
import { checkFiles, checkRemoval } from './check-files.ts';
import type { SavedDefinition } from './library.ts';

function save(...contents: string[]): SavedDefinition[] {
  const { documents } = checkFiles([{ name: 'f.yaml', content: contents.join('---\n') }], [], builtInCatalogue);
  return documents.map(({ kind, name, json, source }) => ({ kind, name, spec: json, source }));
}
const check = (content: string, saved: SavedDefinition[] = []) =>
  checkFiles([{ name: 'f.yaml', content }], saved, builtInCatalogue);
const messages = (problems: ReturnType<typeof check>['problems']) => problems.map(formatProblem);

const job = 'kind: Job\nname: build\nparams: [{ name: a, type: string }]\nactions: [{ run: x }]\n';
const pipeline = 'name: p\njobs:\n  - { name: b, job: build, args: { a: x } }\n';

describe('files are checked with what is saved', () => {
  test('a Pipeline calls a saved Job', () => {
    const { problems, plans } = check(pipeline, save(job));
    expect(messages(problems)).toEqual([]);
    expect([...plans.keys()]).toEqual(['p']);
  });

  test('a saved Pipeline is planned anew where a Job of it changes', () => {
    const { plans } = check(job.replace('run: x', 'run: y'), save(job, pipeline));
    expect([...plans.keys()]).toEqual(['build', 'p']);
    expect(JSON.stringify(plans.get('p'))).toContain('"literal":"y"');
  });

  test('a change that would break a saved Pipeline is refused, and shows where', () => {
    const { problems } = check(job.replace('name: a', 'name: c'), save(job, pipeline));
    expect(messages(problems)).toEqual([
      'saved Pipeline p:3:34 jobs[0].args: the Job build needs c (string). Pass it by args.',
      'saved Pipeline p:3:36 jobs[0].args.a: the Job build has no param "a"; there is c.',
    ]);
  });

  test('a saved Pipeline is also planned anew where an Engine that it uses at one remove changes', () => {
    const engine = 'kind: Engine\nname: box\ntype: local\nenviron: { A: b }\n';
    const saved = save(engine, job.replace('actions:', 'engine: box\nactions:'), pipeline);
    const { plans } = check(engine.replace('A: b', 'A: c'), saved);
    expect(JSON.stringify(plans.get('p'))).toContain('{"A":"c"}');
  });

  test('what nothing uses is not planned', () => {
    expect([...check('name: q\njobs: [{ name: a, actions: [{ run: x }] }]', save(job, pipeline)).plans.keys()]).toEqual(
      ['q'],
    );
  });

  test('removing what is used is refused by those that use it', () => {
    const saved = save(job, pipeline);
    expect(messages(checkRemoval([{ kind: 'Job', name: 'build' }], saved, builtInCatalogue).flat()).join()).toContain(
      'there is no Job "build"',
    );
    expect(checkRemoval([{ kind: 'Pipeline', name: 'p' }], saved, builtInCatalogue)).toEqual([[]]);
  });

  test('what goes together is in nobody’s way, and what is left is read once for all of it', () => {
    let reads = 0;
    const counted = save(job, pipeline, pipeline.replace('name: p', 'name: q')).map((one) => ({
      ...one,
      get spec() {
        reads += 1;
        return one.spec;
      },
    }));
    const remove = (...names: string[]) => {
      reads = 0;
      const removed = names.map((name) => ({ kind: name === 'build' ? 'Job' : 'Pipeline', name }));
      return checkRemoval(removed, counted, builtInCatalogue).map((problems) => messages(problems).length);
    };
    expect(remove('p')).toEqual([0]);
    const once = reads;
    expect(remove('p', 'q')).toEqual([0, 0]);
    expect(reads).toBeLessThan(once);
    expect(remove('q', 'build')).toEqual([0, 1]);
    expect(remove('q', 'build', 'p')).toEqual([0, 0, 0]);
  });

  test('what an older version saved and this one cannot read is in nobody’s way', () => {
    const saved = [
      {
        kind: 'Job',
        name: 'old',
        spec: { kind: 'Job', name: 'old', was: 1 },
        source: 'kind: Job\nname: old\nwas: 1\n',
      },
    ];
    expect(check(job, saved).problems).toEqual([]);
    expect(messages(check('name: p\njobs: [{ name: a, job: old }]', saved).problems)).toEqual([
      'f.yaml:2:24 jobs[0].job: there is no Job "old" in the library.',
      'saved Job old:3:1 was: there is no field "was"; there is kind, name, description, params, engine, runs_on, retry, timeout, concurrency, locks, type, image, command, actions, job, pipeline, args, sequence, jobs.',
    ]);
  });
});

test('what has faults of its own is not said to be missing', () => {
  const faulty =
    'kind: Job\nname: build\nactoins: []\n---\nkind: Action\nname: announce\nrnu: x\nparams: 1\n---\nkind: Engine\nname: box\n';
  const user =
    'name: p\nengine: box\njobs:\n  - { name: a, job: build }\n  - { name: b, actions: [{ announce: { } }] }\n';
  expect(messages(check(`${faulty}---\n${user}`).problems)).toEqual([
    'f.yaml:3:1 actoins: there is no field "actoins"; did you mean "actions"?',
    'f.yaml:8:9 params: this must be a list, not 1.',
    'f.yaml:10:1 type: type is missing. It is text.',
  ]);
});

describe('names', () => {
  test('of Pipelines, Jobs and Actions are one namespace', () => {
    const clash = 'name: build\njobs: [{ name: a, actions: [{ run: x }] }]\n';
    expect(messages(check(clash, save(job)).problems)).toEqual([
      'f.yaml:1:7 name: there is a Job called build already. Pipelines, Jobs and Actions share one namespace: give it another name.',
    ]);
    expect(messages(check(`${job}---\n${job}`).problems)).toEqual([
      expect.stringContaining('f.yaml:7:7 name: the Job build is there twice'),
    ]);
  });

  test('of an Engine may be that of a Job', () => {
    expect(check('kind: Engine\nname: build\ntype: local\n', save(job)).problems).toEqual([]);
  });
});

test.each([
  ['Role', 'type: rbac\nidentity: [a]\npermission: [b]'],
  ['Permission', "resource: ['job=a']\nmethod: [executorRun]\neffect: Allow"],
])('a %s is read, and refused because nothing executes it yet', (kind, fields) => {
  const { problems } = check(`kind: ${kind}\nname: x\n${fields}\n`);
  expect(problems).toMatchObject([{ line: 1, column: 7, path: 'kind', code: 'not_executed_yet' }]);
});

test('a Credential is accepted, and an Engine is checked though nothing uses it', () => {
  expect(
    check('kind: Credential\nname: c\ntype: Text\ndata: { text: { from_environment: SECRET } }\n').problems,
  ).toEqual([]);
  expect(messages(check('kind: Engine\nname: e\ntype: local\nenviron: [1]\n').problems)).toEqual([
    'f.yaml:4:10 environ: this must be an object, not a list.',
  ]);
});

test('a key that nobody knows does not hide what else is wrong', () => {
  const wrong = 'name: p\njobs:\n  - { name: a, requires: [nobody], colour: red, actions: [{ run: x }] }\n';
  expect(check(wrong).problems.map(({ path }) => path)).toEqual(['jobs[0].requires[0]', 'jobs[0].colour']);
});
