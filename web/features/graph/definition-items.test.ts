import { expect, test } from 'vitest';
import { definitionItems } from './definition-items.ts';

test('nested Jobs are under their Pipeline, and a sequence requires the one before', () => {
  const spec = {
    sequence: true,
    jobs: [
      { name: 'a' },
      { name: 'b', jobs: [{ name: 'x' }, { name: 'y', requires: ['x'] }] },
      { name: 'c', requires: ['a'] },
    ],
  };
  expect(definitionItems(spec)).toEqual([
    { path: 'a', parent: null, requires: [] },
    { path: 'b', parent: null, requires: ['a'] },
    { path: 'b/x', parent: 'b', requires: [] },
    { path: 'b/y', parent: 'b', requires: ['b/x'] },
    { path: 'c', parent: null, requires: ['a', 'b'] },
  ]);
});

test('a call without a name has that of what it calls', () => {
  const spec = {
    sequence: true,
    jobs: [{ job: 'build' }, { pipeline: 'ship' }, { name: 'last', requires: ['build'] }],
  };
  expect(definitionItems(spec).map(({ path, requires }) => [path, requires])).toEqual([
    ['build', []],
    ['ship', ['build']],
    ['last', ['build', 'ship']],
  ]);
});

test('a document without Jobs has no graph', () => {
  expect(definitionItems({ name: 'x' })).toEqual([]);
});
