import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import type { JsonObject } from '../json.ts';
import type { Meaning, Reference } from './references.ts';
import { withRenamed } from './rename.ts';

const kinds: Record<string, 'Pipeline' | 'Job' | 'Action'> = { build: 'Job', ship: 'Pipeline', announce: 'Action' };
const meaning: Meaning = { kindOf: (name) => kinds[name], isEngine: (name) => name === 'box' };

function rename(source: string, kind: Reference['kind'], from: string, to: string) {
  const spec = parse(source) as JsonObject & { kind?: string; name: string };
  return withRenamed({ kind: spec.kind ?? 'Pipeline', name: spec.name, spec, source }, { kind, from, to }, meaning);
}
const sourceOf = (...asked: Parameters<typeof rename>) => (rename(...asked) as { source: string }).source;

describe('a definition is called otherwise', () => {
  test('in what calls it, where its Jobs keep their names, and comments stay', () => {
    const source = `# Calls build.
name: p
jobs:
  - job: build # the build
    args: { job: build }
  - name: again
    job: "build"
    requires: [build]
  - { job: build, name: third }
  - name: group
    jobs: [{ job: build }]
`;
    expect(sourceOf(source, 'Job', 'build', 'compile')).toBe(`# Calls build.
name: p
jobs:
  - name: build
    job: compile # the build
    args: { job: build }
  - name: again
    job: compile
    requires: [build]
  - { job: compile, name: third }
  - name: group
    jobs: [{ name: build, job: compile }]
`);
  });

  test('in itself, and only where it is its name', () => {
    const source = 'kind: Job\nname: build # build\nactions:\n  - name: build\n    run: build\n';
    expect(sourceOf(source, 'Job', 'build', 'null')).toBe(source.replace('name: build #', 'name: "null" #'));
  });

  test('as the field of an Action, as an Engine, and where a Trigger starts or awaits it', () => {
    const job = 'kind: Job\nname: j\nengine: box\nactions:\n  - announce: { text: announce }\n    timeout: 1m\n';
    expect(sourceOf(job, 'Action', 'announce', 'tell')).toBe(job.replace('- announce:', '- name: announce\n    tell:'));
    expect(sourceOf(job, 'Engine', 'box', 'crate')).toBe(job.replace('box', 'crate'));
    const trigger = 'kind: Trigger\nname: ship\nafter: { pipeline: ship }\nruns:\n  - pipeline: ship\n';
    expect(sourceOf(trigger, 'Pipeline', 'ship', 'sail')).toBe(trigger.replaceAll('pipeline: ship', 'pipeline: sail'));
  });

  test('with the ends of lines that the file has', () => {
    expect(sourceOf('name: p\r\njobs:\r\n- job: build\r\n', 'Job', 'build', 'b2')).toBe(
      'name: p\r\njobs:\r\n- name: build\r\n  job: b2\r\n',
    );
  });

  test('once in what an alias repeats', () => {
    const source =
      'name: p\njobs:\n  - name: a\n    actions: &all\n      - announce: {}\n  - { name: b, actions: *all }\n';
    expect(sourceOf(source, 'Action', 'announce', 'tell')).toBe(
      source.replace('- announce:', '- name: announce\n        tell:'),
    );
  });

  test('not in what does not name it', () => {
    expect(
      rename('name: p\njobs:\n  - name: build\n    actions: [{ run: build }]\n', 'Job', 'build', 'x'),
    ).toBeUndefined();
    expect(rename('kind: Engine\nname: build\ntype: local\n', 'Job', 'build', 'x')).toBeUndefined();
  });

  test.each([
    ['an alias', 'name: &b build\njobs:\n  - job: *b\n', 3, 10],
    ['an anchor', 'name: p\njobs:\n  - job: &b build\n', 3, 13],
    ['a block', 'name: p\njobs:\n  - job: >-\n      build\n', 3, 10],
  ])('is refused where %s stands for the name', (_, source, line, column) => {
    expect(rename(source, 'Job', 'build', 'x')).toMatchObject({ problems: [{ line, column, path: 'jobs.0.job' }] });
  });

  test('so that it says the same but for that, however it is written', () => {
    const name = fc.constantFrom('build', 'ship', 'announce', 'other', 'x1');
    const action = fc.oneof(
      fc.record({ announce: fc.constant({}) }),
      fc.record({ run: name, name }),
      fc.record({ name, announce: fc.record({ job: name }) }),
      fc.record({ type: name }),
    );
    const job = fc.oneof(
      fc.record({ job: name }, { requiredKeys: ['job'] }),
      fc.record({ pipeline: name, name }),
      fc.record({ requires: fc.array(name), job: name }),
      fc.record({ name, actions: fc.array(action, { minLength: 1, maxLength: 3 }) }),
    );
    const spec = fc.record({
      name: fc.constantFrom('build', 'p'),
      jobs: fc.array(fc.oneof(job, fc.record({ name, jobs: fc.array(job, { maxLength: 2 }) })), { maxLength: 4 }),
    });
    const style = fc.record({ indentSeq: fc.boolean(), indent: fc.constantFrom(2, 4), isFlow: fc.boolean() });
    fc.assert(
      fc.property(spec, style, fc.constantFrom('build', 'ship', 'announce'), (read, { isFlow, ...shape }, from) => {
        const source = stringify(read, { ...shape, ...(isFlow ? { collectionStyle: 'flow' } : {}), lineWidth: 40 });
        const kind = kinds[from] as Reference['kind'];
        const after = rename(source, kind, from, 'fresh');
        const expected = renamedJson(read, from, true);
        if (after === undefined) expect(expected).toEqual(read);
        else expect(parse((after as { source: string }).source)).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });
});

/** The same done to the value, told by the fields' names alone. */
function renamedJson(entry: JsonObject, from: string, isTop = false): JsonObject {
  const put: JsonObject = {};
  let isCalled = false;
  for (const [field, value] of Object.entries(entry)) {
    const isAction = from === 'announce';
    const isCall = value === from && (field === 'job' || field === 'pipeline' || (field === 'type' && isAction));
    const isType = field === from && isAction;
    isCalled ||= isCall || isType;
    if (field === 'jobs' || field === 'actions') {
      put[field] = (value as JsonObject[]).map((item) => renamedJson(item, from));
    } else if (isTop && field === 'name' && kinds[from] === 'Pipeline' && value === from) put[field] = 'fresh';
    else put[isType ? 'fresh' : field] = isCall ? 'fresh' : value;
  }
  return isCalled && put['name'] === undefined ? { name: from, ...put } : put;
}
