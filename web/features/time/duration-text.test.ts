import { describe, expect, test } from 'vitest';
import { durationText, median, relativeText, tickingText } from './duration-text.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

describe('durationText', () => {
  test.each([
    [0, '0.0 s'],
    [420, '0.4 s'],
    [9_940, '9.9 s'],
    [9_960, '10 s'],
    [59_400, '59 s'],
    [59_600, '1 min'],
    [200_000, '3 min 20 s'],
    [hour, '1 h'],
    [2 * hour + 5 * minute + 40_000, '2 h 5 min'],
    [3 * day + 4 * hour, '3 d 4 h'],
    [-5, '0.0 s'],
  ])('%i ms is %s', (ms, text) => {
    expect(durationText(ms)).toBe(text);
  });
});

test('a ticking duration never shows tenths and never runs ahead', () => {
  expect(tickingText(999)).toBe('0 s');
  expect(tickingText(59_999)).toBe('59 s');
  expect(tickingText(61_900)).toBe('1 min 1 s');
});

test('relative times look both ways', () => {
  expect(relativeText(0, 4_000)).toBe('just now');
  expect(relativeText(0, 5 * minute)).toBe('5 min ago');
  expect(relativeText(2 * hour, 0)).toBe('in 2 h');
  expect(relativeText(0, 3 * day + hour)).toBe('3 d ago');
  expect(relativeText(0, 4 * day - minute)).toBe('3 d ago');
  expect(relativeText(30 * day - minute, 0)).toBe('in 30 d');
});

test('the median of an even number of values is the lower middle', () => {
  expect(median([])).toBeNull();
  expect(median([5, 1, 3])).toBe(3);
  expect(median([4, 1, 3, 2])).toBe(2);
});
