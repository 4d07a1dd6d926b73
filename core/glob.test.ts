import { expect, test } from 'vitest';
import { matchesGlob, matchesGlobs } from './glob.ts';

test.each([
  ['main', 'main', true],
  ['main', 'mainline', false],
  ['main', 'a-main', false],
  ['release/*', 'release/1.2', true],
  ['release/*', 'release/1/2', false],
  ['release/*', 'release/', true],
  ['release/**', 'release/1/2', true],
  ['**', '', true],
  ['**', 'a/b', true],
  ['*', 'a/b', false],
  ['*', 'feature-é', true],
  ['v?.?', 'v1.2', true],
  ['v?.?', 'v1.20', false],
  ['v?', 'v/', false],
  ['src/**', 'src/a/b.ts', true],
  ['src/**', 'src', false],
  ['**/*.ts', 'a.ts', true],
  ['**/*.ts', 'a/b/c.ts', true],
  ['**/*.ts', 'a/b/c.tsx', false],
  ['a/**/b', 'a/b', true],
  ['a/**/b', 'a/x/y/b', true],
  ['a/**/b', 'a/xb', false],
  ['a**/b', 'axx/y/b', true],
  ['**/docs/**', 'x/docs/y', true],
  ['*.md', 'README.md', true],
  ['(a|b)+', 'a', false],
  ['(a|b)+', '(a|b)+', true],
  ['[ab]', '[ab]', true],
  ['', '', true],
  ['', 'a', false],
])('%j and %j: %j', (pattern, text, expected) => {
  expect(matchesGlob(pattern, text)).toBe(expected);
});

test('of several the last that matches decides', () => {
  const patterns = ['release/**', '!release/**-alpha', 'release/1-alpha'];
  const kept = ['release/2', 'release/2-alpha', 'release/1-alpha', 'main'].filter((name) =>
    matchesGlobs(patterns, name),
  );
  expect(kept).toEqual(['release/2', 'release/1-alpha']);
});

test('a text that was made for it does not make it slow', () => {
  const pattern = `${'*a'.repeat(60)}b`;
  const started = process.threadCpuUsage();
  expect(matchesGlob(pattern, 'a'.repeat(4_000))).toBe(false);
  expect(process.threadCpuUsage(started).user).toBeLessThan(20_000_000);
});
