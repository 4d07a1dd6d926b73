import { expect, test } from 'vitest';
import { type ReadText, readText } from '../text/read.ts';
import { pathAt, rangeOf } from './path-at.ts';

const text = `name: a
jobs:
  - name: b
    actions:
      - run: one
      - name: two
        match: x
  - name: c
`;
const read = readText(text) as ReadText;

test.each([
  ['name: a', ['name']],
  ['name: b', ['jobs', 0, 'name']],
  ['- name: b', ['jobs', 0, 'name']],
  ['one', ['jobs', 0, 'actions', 0, 'run']],
  ['match', ['jobs', 0, 'actions', 1, 'match']],
  ['name: c', ['jobs', 1, 'name']],
])('at %j', (at, path) => {
  expect(pathAt(read, text.indexOf(at))).toEqual(path);
});

test('the lines of an Action', () => {
  const range = rangeOf(read, ['jobs', 0, 'actions', 1]);
  expect(text.slice(range?.from, range?.to)).toBe('name: two\n        match: x');
});
