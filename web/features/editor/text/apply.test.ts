import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isObject } from '../../../../core/is-object.ts';
import type { Json } from '../../../../core/json.ts';
import { applyEdit, applyEdits, EditRefused } from './apply.ts';
import { type Edit, editsBetween, isSame, jsonAfter, type Path } from './edit.ts';
import { readText } from './read.ts';

const text = `# Builds and ships.
kind: Pipeline
name: ship # as everybody calls it
parameters:
  - { name: where, type: string } # a place

jobs:
  # First of all.
  - name: build
    actions:
      - run: |
          make
          make test
      - name: count # how many
        match: 'v([0-9.]+)'

  # Then this.
  - name: ship
    requires: [build]
    actions:
      - run: ship it
# The end.
`;

function comments(source: string): string[] {
  return [...source.matchAll(/(?:^|\s)(# .*)$/gm)].map(([, comment]) => comment as string).sort();
}

describe('an edit changes the lines that it is about', () => {
  test.each<[string, Edit, (before: string) => string]>([
    [
      'a value',
      { op: 'set', path: ['name'], value: 'deploy' },
      (before) => before.replace('name: ship #', 'name: deploy #'),
    ],
    [
      'a value between braces',
      { op: 'set', path: ['parameters', 0, 'name'], value: 'a, b' },
      (before) => before.replace('name: where', 'name: "a, b"'),
    ],
    [
      'a new field, before the long list',
      { op: 'set', path: ['jobs', 0, 'requires'], value: ['x'] },
      (before) => before.replace('  - name: build\n', '  - name: build\n    requires: [x]\n'),
    ],
    [
      'a new field at the end',
      { op: 'set', path: ['jobs', 0, 'actions', 1, 'on_failure'], value: 'end success' },
      (before) => before.replace("([0-9.]+)'\n", "([0-9.]+)'\n        on_failure: end success\n"),
    ],
    [
      'an item more between brackets',
      { op: 'insert', path: ['jobs', 1, 'requires', 1], value: 'test' },
      (before) => before.replace('[build]', '[build, test]'),
    ],
    [
      'a Job less, with the comment above it',
      { op: 'remove', path: ['jobs', 0] },
      (before) => before.replace(/ {2}# First[\s\S]*?\n\n/, ''),
    ],
    [
      'text of several lines',
      { op: 'set', path: ['jobs', 1, 'actions', 0, 'run'], value: 'ship it\nsay so\n' },
      (before) => before.replace('- run: ship it', '- run: |\n          ship it\n          say so'),
    ],
    [
      'a first field less',
      { op: 'remove', path: ['jobs', 0, 'actions', 1, 'name'] },
      (before) => before.replace("- name: count # how many\n        match: 'v", "- match: 'v"),
    ],
    [
      "a field's name",
      { op: 'rename', path: ['jobs', 0, 'actions', 1, 'match'], to: 'compare' },
      (before) => before.replace('match:', 'compare:'),
    ],
    [
      'an Action to another place',
      { op: 'move', path: ['jobs', 0, 'actions', 1], to: 0 },
      (before) =>
        before
          .replace("      - name: count # how many\n        match: 'v([0-9.]+)'\n", '')
          .replace('      - run: |', "      - name: count # how many\n        match: 'v([0-9.]+)'\n      - run: |"),
    ],
    [
      'a Job more, with a blank line as between the others',
      { op: 'insert', path: ['jobs', 2], value: { name: 'tell', actions: [{ run: 'say' }] } },
      (before) => before.replace('ship it\n', 'ship it\n\n  - name: tell\n    actions:\n      - run: say\n'),
    ],
  ])('%s', (_, edit, expected) => {
    expect(applyEdit(text, edit)).toBe(expected(text));
  });

  test('makes what is missing on the way', () => {
    const made = applyEdits('kind: Pipeline\n', [
      { op: 'set', path: ['name'], value: 'a' },
      { op: 'insert', path: ['jobs', 0], value: { name: 'b' } },
      { op: 'insert', path: ['jobs', 0, 'actions', 0], value: { name: 'c', run: 'true' } },
    ]);
    expect(made).toBe(
      'kind: Pipeline\nname: a\njobs:\n  - name: b\n    actions:\n      - name: c\n        run: "true"\n',
    );
  });

  test('parameters stand one below the other, each in its line', () => {
    const made = applyEdits('name: a\n', [
      { op: 'insert', path: ['parameters', 0], value: { name: 'b', type: 'string' } },
      { op: 'insert', path: ['parameters', 1], value: { name: 'c', type: 'number' } },
    ]);
    expect(made).toBe('name: a\nparameters:\n  - { name: b, type: string }\n  - { name: c, type: number }\n');
  });

  test('is refused where the value is written elsewhere, or the text cannot be read', () => {
    expect(() => applyEdit('a: &x { b: 1 }\nc: *x\n', { op: 'set', path: ['c', 'b'], value: 2 })).toThrow(EditRefused);
    expect(() => applyEdit('a: [1', { op: 'set', path: ['a'], value: 2 })).toThrow(EditRefused);
  });

  test.each<[string, Edit, string]>([
    [
      'jobs: [{ actions: text }]\n',
      { op: 'insert', path: ['jobs', 0, 'actions', 0], value: { run: 'true' } },
      'jobs[0].actions is not a list. Mend it in the YAML first.',
    ],
    ['actions: {}\n', { op: 'insert', path: ['actions', 0], value: 1 }, 'actions is not a list.'],
    ['retry: 3\n', { op: 'set', path: ['retry', 'times'], value: 1 }, 'retry is not made of fields.'],
    ['- a\n', { op: 'set', path: ['name'], value: 'b' }, 'The document is not made of fields.'],
  ])('is refused with its place where something else is written: %j', (source, edit, message) => {
    expect(() => applyEdit(source, edit)).toThrow(EditRefused);
    expect(() => applyEdit(source, edit)).toThrow(message);
  });
});

const key = fc.constantFrom('a', 'b', 'name', 'actions', 'jobs', 'x-y', 'true', 'a: b');
const leaf = fc.oneof(
  fc.constantFrom(
    '',
    'x',
    'a: b',
    '- a',
    '# no comment',
    'two\nlines\n',
    ' spaced ',
    '${{ a.b }}',
    'true',
    '3.18.0',
    '{',
    ', ]',
  ),
  fc.string({ maxLength: 6 }),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
);
const { value } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(key, tie('value'), { maxKeys: 3 }),
  ) as fc.Arbitrary<Json>,
}));

function paths(json: Json, path: Path = []): Path[] {
  if (typeof json !== 'object' || json === null) return [path];
  const inner = Array.isArray(json) ? json.map((item, index) => [index, item] as const) : Object.entries(json);
  return [path, ...inner.flatMap(([step, item]) => paths(item as Json, [...path, step]))];
}

/** An edit that can be made of this document, chosen by numbers. */
function editOf(json: Json, chosen: readonly number[], made: Json): Edit {
  const all = paths(json).filter((path) => path.length > 0);
  const path = all[(chosen[0] ?? 0) % all.length] as Path;
  const isItem = typeof path.at(-1) === 'number';
  const ops = isItem ? (['set', 'remove', 'insert', 'move'] as const) : (['set', 'remove', 'set'] as const);
  const op = ops[(chosen[1] ?? 0) % ops.length] as 'set' | 'remove' | 'insert' | 'move';
  if (op === 'move') return { op, path, to: 0 };
  return op === 'remove' ? { op, path } : { op, path, value: made };
}

const source = fc.record({
  json: fc.dictionary(key, value, { minKeys: 1, maxKeys: 4 }),
  every: fc.integer({ min: 1, max: 4 }),
});

/** Printed by edits alone, with a comment behind some lines and above others. */
function written({ json, every }: { json: Record<string, Json>; every: number }): string {
  const plain = Object.entries(json).reduce(
    (before, [name, each]) => applyEdit(before, { op: 'set', path: [name], value: each }),
    'first: 1\n',
  );
  const commented = plain
    .split('\n')
    .map((line, at) => (at % every === 0 && /^ *(- )*[\w-]+: [\w-]+$/.test(line) ? `${line} # c${at}` : line))
    .join('\n');
  return isSame(readText(commented)?.json ?? null, readText(plain)?.json ?? null) ? commented : plain;
}

describe('whatever the document and the edit', () => {
  test('the text says what the edit wants', () => {
    fc.assert(
      fc.property(source, fc.array(fc.nat(), { minLength: 2, maxLength: 2 }), value, (from, chosen, made) => {
        const before = written(from);
        const json = readText(before)?.json as Json;
        const edit = editOf(json, chosen, made);
        const after = readText(applyEdit(before, edit));
        expect(after?.json).toEqual(jsonAfter(json, edit));
      }),
      { numRuns: 500 },
    );
  });

  test('comments survive what sets a value or adds one', () => {
    fc.assert(
      fc.property(source, fc.nat(), leaf, (from, chosen, made) => {
        const before = written(from);
        const json = readText(before)?.json as Json;
        const leaves = paths(json).filter((path) => path.length > 0 && typeof jsonOf(json, path) !== 'object');
        const path = leaves[chosen % leaves.length] as Path;
        const after = applyEdit(before, { op: 'set', path, value: made as Json });
        expect(comments(after)).toEqual(comments(before));
      }),
      { numRuns: 300 },
    );
  });

  test('the edits between two documents make the one of the other', () => {
    fc.assert(
      fc.property(source, value, (from, to) => {
        const before = written(from);
        const wanted = isObject(to) ? to : { to };
        const after = applyEdits(before, editsBetween(readText(before)?.json, wanted));
        expect(readText(after)?.json).toEqual(wanted);
      }),
      { numRuns: 300 },
    );
  });
});

function jsonOf(json: Json, path: Path): Json | undefined {
  return path.reduce<Json | undefined>((at, step) => (at as Record<string, Json>)[step], json);
}
