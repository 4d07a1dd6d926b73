import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { listed, nearest, nearestHint } from './nearest.ts';

describe('the nearest name', () => {
  test.each([
    ['actoins', ['actions', 'action', 'args'], 'actions'],
    ['enviroment', ['environment', 'account'], 'environment'],
    ['Run', ['run', 'fail'], 'run'],
    ['rn', ['run', 'wait'], 'run'],
    ['zebra', ['run', 'wait'], undefined],
    ['x', [], undefined],
  ])('of %j among %j is %j', (name, known, expected) => {
    expect(nearest(name, known)).toBe(expected);
  });

  test('is itself where it is there, and nothing is too long to compare', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 40 })), fc.string({ maxLength: 40 }), (others, name) => {
        expect(nearest(name, [...others, name])).toBe(name);
      }),
    );
    expect(nearest('a'.repeat(1_000_000), ['b'.repeat(1_000_000)])).toBeUndefined();
  });
});

test('a hint tells the nearest, else what there is', () => {
  expect(nearestHint('actoin', ['action'])).toBe('; did you mean "action"?');
  expect(nearestHint('zebra', ['run', 'wait'])).toBe('; there is run, wait');
  expect(nearestHint('zebra', [])).toBe('');
  expect(listed(Array.from({ length: 25 }, (_, index) => `n${index}`))).toMatch(/n19 and 5 more$/);
});
