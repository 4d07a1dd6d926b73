import { expect, test } from 'vitest';
import { rangeText, readRange } from './range.ts';

test('what is compared stands in the address, and what is no range is none', () => {
  expect(readRange(rangeText(3, 5))).toEqual({ from: 3, to: 5 });
  for (const wrong of ['', '3', '3..', '..5', 'a..b', '3..5..7', '-1..2', '0..2', '1..0', `${'9'.repeat(30)}..1`]) {
    expect(readRange(wrong)).toBeUndefined();
  }
});
