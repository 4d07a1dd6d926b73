import { describe, expect, test } from 'vitest';
import { checkPattern, matchPattern } from './index.ts';

describe('a pattern', () => {
  test.each([
    ['Alpine Linux v([0-9.]+)', 'PRETTY_NAME="Alpine Linux v3.18"', ['3.18']],
    ['/Alpine Linux v([0-9.]+)/', 'Alpine Linux v3.18', ['3.18']],
    ['(a)|(b)', 'b', [null, 'b']],
    ['(?i)HELLO', 'say hello', []],
    ['(?P<name>x)', 'x', ['x']],
    ['^b$', 'a\nb', undefined],
    ['(?m)^b$', 'a\nb', []],
    ['/', '/', []],
    ['//', 'x', []],
    ['(.*)', '\ud800', ['\ud800']],
  ])('%s on %j gives %j', (pattern, text, groups) => {
    expect(matchPattern(pattern, text)?.groups).toEqual(groups);
  });

  test.each([
    '(',
    '(a+',
    '[z-a]',
    '(?=a)',
    '(a)\\1',
    'a**',
    '(a{1000}){1000}',
    'x'.repeat(4097),
    '('.repeat(2000) + ')'.repeat(2000),
  ])('%s is refused', (pattern) => {
    expect(checkPattern(pattern)).toEqual(expect.any(String));
    expect(() => matchPattern(pattern, '')).toThrow(expect.objectContaining({ code: 'expression_failed' }));
  });

  test('of too many states is refused, with a remedy', () => {
    expect(checkPattern('[a-z]{1000}'.repeat(20))).toContain('too many states');
  });

  test.each(['(a+)+$', '(a|aa)+$', '(.*a){12}$', '([a-z]+)*!'])(
    '%s, exponential elsewhere, takes no time',
    (pattern) => {
      const start = process.threadCpuUsage();
      expect(matchPattern(pattern, `${'a'.repeat(32 * 1024)}b`)).toBeNull();
      expect(process.threadCpuUsage(start).user).toBeLessThan(2_000_000);
    },
  );
});

test('a pattern that would hold up everything else is refused, by the text that it is for', () => {
  const pattern = '(?i)(?:a?b?){400}[xy]';
  expect(matchPattern(pattern, 'ab'.repeat(1000))).toBeNull();
  const long = 'ab'.repeat(30_000);
  const began = process.threadCpuUsage();
  expect(() => matchPattern(pattern, long)).toThrow(expect.objectContaining({ code: 'expression_failed' }));
  expect(process.threadCpuUsage(began).user).toBeLessThan(200_000);
  expect(matchPattern('v([0-9]+)\\.([0-9]+)', `${long} v1.20`)).toEqual({ groups: ['1', '20'] });
});
