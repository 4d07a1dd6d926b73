import { expect, test } from 'vitest';
import { factsOf } from './facts.ts';

test('facts come in one order, in words and units, and unknown ones are kept', () => {
  const facts = factsOf({ peakMemory: 16_777_216, zone: 'a', node: 'node1', cpuMs: 1500, outOfMemory: true });
  expect(Object.entries(facts)).toEqual([
    ['Node', 'node1'],
    ['CPU time', expect.stringMatching(/^1\.5/)],
    ['Peak memory of the container', '16.8 MB'],
    ['Memory used up', 'yes'],
    ['zone', 'a'],
  ]);
});
