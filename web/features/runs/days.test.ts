import { expect, test } from 'vitest';
import { spanOf } from './days.ts';

test('a span has both its days whole, in the time of the reader', () => {
  const { since, until } = spanOf('2026-03-28', '2026-03-29');
  expect(new Date(since as string)).toEqual(new Date(2026, 2, 28));
  expect(new Date(until as string)).toEqual(new Date(2026, 2, 30));
});

test.each([
  ['', ''],
  ['yesterday', '1'],
  ['2026-3-1', '26-03-01'],
])('%j to %j is no limit', (from, to) => {
  expect(spanOf(from, to)).toEqual({});
});

test('may be open at either end', () => {
  expect(Object.keys(spanOf('2026-03-28', ''))).toEqual(['since']);
  expect(Object.keys(spanOf('', '2026-03-28'))).toEqual(['until']);
});
