import { expect, test } from 'vitest';
import type { LogLine } from '../../../core/api/objects.ts';
import { nextHit, nothingFound, searchLines } from './search.ts';

const line = (n: number, text: string): LogLine => ({ n, t: 0, s: 'stdout', text });

test('finds in any case, through colours, and goes on where it stopped', () => {
  const first = searchLines(nothingFound, [line(1, 'an \u001b[31mERR\u001b[0mor'), line(2, 'fine')], 'error');
  expect(first).toEqual({ lines: [1], upTo: 2, more: false });
  const next = searchLines(first, [line(2, 'error'), line(3, 'Error')], 'error');
  expect(next).toEqual({ lines: [1, 3], upTo: 3, more: false });
});

test('keeps a bounded number and says that there are more', () => {
  const many = Array.from({ length: 10_500 }, (_, index) => line(index + 1, 'x'));
  const found = searchLines(nothingFound, many, 'x');
  expect([found.lines.length, found.more]).toEqual([10_000, true]);
});

test('goes round at both ends', () => {
  expect(nextHit([3, 8], 3, 1)).toBe(8);
  expect(nextHit([3, 8], 8, 1)).toBe(3);
  expect(nextHit([3, 8], 3, -1)).toBe(8);
  expect(nextHit([3, 8], 5, -1)).toBe(3);
  expect(nextHit([], 5, 1)).toBeUndefined();
});
