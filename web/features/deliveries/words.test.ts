import { expect, test } from 'vitest';
import { decisionOf, whatCame } from './words.ts';

test.each([
  ['push', 'github', 'push from GitHub'],
  ['rest', 'rest', 'From REST'],
  ['ended', 'after', 'From the end of a run'],
  ['x', 'plugin', 'x from plugin'],
])('%s of %s', (event, source, text) => {
  expect(whatCame({ event, source })).toBe(text);
});

test.each([
  ['pending', [], 'Received'],
  ['dropped', [], 'Dropped'],
  ['recorded', [{ pipeline: 'a', run: null, reason: 'No.' }], 'Not started'],
  ['recorded', [], 'Recorded'],
] as const)('%s', (state, runs, word) => {
  expect(decisionOf({ state, runs: [...runs] }).word).toBe(word);
});
