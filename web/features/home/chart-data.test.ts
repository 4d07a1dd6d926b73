import { describe, expect, test } from 'vitest';
import { countBars, durationBars, percentText, smallBars, successRate } from './chart-data.ts';

const counts = { queueMs: { p50: 1000, p95: 4000 }, runMs: { p50: 10_000, p95: 40_000 } };
const empty = { runs: 0, succeeded: 0, broken: 0, queueMs: { p50: null, p95: null }, runMs: { p50: null, p95: null } };
const same = (at: string) => at;

describe('the success rate', () => {
  test('leaves out what neither succeeded nor broke', () => {
    expect(successRate({ succeeded: 3, broken: 1 })).toBe(0.75);
    expect(successRate({ succeeded: 0, broken: 0 })).toBeNull();
  });
  test('is never rounded up to all', () => {
    expect(percentText(0.9999)).toBe('99.9 %');
    expect(percentText(1)).toBe('100 %');
    expect(percentText(0)).toBe('0 %');
    expect(percentText(null)).toBe('–');
  });
});

test('bars of runs stand one on another, the highest as high as there is room', () => {
  const bars = countBars(
    [
      { at: 'monday', runs: 4, succeeded: 2, broken: 1, ...counts },
      { at: 'tuesday', ...empty },
    ],
    same,
  );
  expect(bars[0]).toEqual({
    at: 'monday',
    says: '4 runs, 1 broke',
    parts: [
      { share: 0.25, look: 'bad' },
      { share: 0.5, look: 'good' },
      { share: 0.25, look: 'other' },
    ],
  });
  expect(bars[1]?.says).toBe('no run');
});

test('bars of time are as high as the usual, and say what nearly all took', () => {
  const slow = { ...counts, runMs: { p50: 20_000, p95: 90_000 } };
  const [first, second, third] = durationBars(
    [
      { at: 'monday', runs: 1, succeeded: 1, broken: 0, ...counts },
      { at: 'tuesday', runs: 1, succeeded: 1, broken: 0, ...slow },
      { at: 'wednesday', ...empty },
    ],
    'runMs',
    same,
  );
  expect([first, second, third].map((bar) => bar?.parts[0]?.share)).toEqual([0.5, 1, 0]);
  expect(first?.says).toBe('half within 10 s, 19 of 20 within 40 s');
  expect(third?.says).toBe('nothing');
});

test("of a Pipeline's bars the share that broke looks so", () => {
  const buckets = [
    { runs: 4, broken: 1, runMs: 5000 },
    { runs: 2, broken: 0, runMs: null },
  ];
  const bars = smallBars(buckets, ['monday', 'tuesday']);
  expect(bars[0]).toEqual({
    at: 'monday',
    says: '4 runs, 1 broke, took 5.0 s',
    parts: [
      { share: 0.25, look: 'bad' },
      { share: 0.75, look: 'usual' },
    ],
  });
  expect(bars[1]).toMatchObject({ says: '2 runs', parts: [{ share: 0 }, { share: 0 }] });
});
