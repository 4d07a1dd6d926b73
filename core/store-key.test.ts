import { expect, test } from 'vitest';
import { isStoreKey } from './store-key.ts';

test.each(['a', 'tfplan-nonprod', 'a/b.c/d_e', '...', 'a..b', '.hidden'])('%j is a store key', (key) => {
  expect(isStoreKey(key)).toBe(true);
});

test.each([
  '',
  '/',
  '/a',
  'a/',
  'a//b',
  '.',
  '..',
  'a/../b',
  'a/.',
  'a%2Fb',
  'a\0b',
  'a b',
  '@file',
  'a\\b',
  'ä',
  'a\n',
  'x'.repeat(256),
  'x/'.repeat(512) + 'x',
])('%j is none', (key) => {
  expect(isStoreKey(key)).toBe(false);
});
