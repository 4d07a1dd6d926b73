import { expect, test } from 'vitest';
import type { JobState } from '../../../core/run-state.ts';
import { largeGroups, runItems } from './run-items.ts';

function job(path: string, parent: string | null, requires: string[] = []): JobState {
  return {
    path,
    name: path.split('/').at(-1) ?? '',
    parent,
    requires,
    status: 'queued',
    reason: null,
    wait: null,
    attempt: 1,
    inherited: false,
    worker: null,
    output: {},
    startedAt: null,
    endedAt: null,
    actions: [],
  };
}

test('requirements are siblings, by their paths', () => {
  const items = runItems([
    job('g', null),
    job('g/a', 'g'),
    job('g/b', 'g', ['a']),
    job('a', null),
    job('z', null, ['a', 'g']),
  ]);
  expect(items.map((item) => item.requires)).toEqual([[], [], ['g/a'], [], ['a', 'g']]);
});

test('only groups with many Jobs are large', () => {
  const items = [
    job('g', null),
    job('h', null),
    ...['x', 'y', 'z'].map((name) => job(`g/${name}`, 'g')),
    job('h/x', 'h'),
  ];
  expect([...largeGroups(runItems(items), 2)]).toEqual(['g']);
});
