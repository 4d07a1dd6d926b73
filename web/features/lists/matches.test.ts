import { expect, test } from 'vitest';
import { matches } from './matches.ts';

test.each([
  ['', true],
  ['Build', true],
  ['linux build', true],
  [' gpu=yes ', true],
  ['build windows', false],
  ['1linux', false],
])('%j is found: %j', (q, found) => {
  expect(matches(q, ['build-1', 'linux/amd64', 'gpu=yes'])).toBe(found);
});
