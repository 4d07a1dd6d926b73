import { describe, expect, test } from 'vitest';
import { isScaled, maxTop, pivotOf, rowHeight, scrollHeight, scrollTopOf, topOf, topToShow } from './scroll-model.ts';

const short = { total: 5, height: 400 };
const plain = { total: 10_000, height: 400 };
const huge = { total: 5_000_000, height: 400 };

describe('scrolling a log', () => {
  test('a log that fits does not scroll', () => {
    expect(scrollHeight(short)).toBe(400);
    expect(topOf(50, short)).toBe(0);
    expect(pivotOf(0, short)).toEqual({ index: 0, inLine: 0, y: 0 });
  });

  test.each([0, 20, 1234, 100_000, 199_600])('unscaled, a pixel stays a pixel at %i', (scrollTop) => {
    const top = topOf(scrollTop, plain);
    expect(top * rowHeight).toBeCloseTo(scrollTop);
    const { index, inLine, y } = pivotOf(top, plain);
    expect((index + inLine) * rowHeight - y).toBeCloseTo(scrollTop);
    expect(scrollTopOf(top, plain)).toBeCloseTo(scrollTop);
  });

  test('five million lines stay below what browsers can scroll, and every line is reached', () => {
    expect(isScaled(huge)).toBe(true);
    expect(scrollHeight(huge)).toBeLessThan(17_000_000);
    expect(pivotOf(topOf(0, huge), huge)).toEqual({ index: 0, inLine: 0, y: 0 });
    const end = pivotOf(topOf(scrollHeight(huge) - huge.height, huge), huge);
    expect(end).toEqual({ index: 4_999_999, inLine: 1, y: 400 });
    expect(maxTop(huge)).toBe(4_999_980);
  });

  test.each([1, 2, 500, 9_999, 10_000])('line %i is in sight when asked for', (n) => {
    const { index, inLine, y } = pivotOf(topToShow(n, plain), plain);
    const lineTop = y + (n - 1 - index - inLine) * rowHeight;
    expect(lineTop).toBeGreaterThanOrEqual(-0.01);
    expect(lineTop + rowHeight).toBeLessThanOrEqual(400.01);
  });

  test('an empty log has no line to draw from but does not break', () => {
    expect(pivotOf(0, { total: 0, height: 400 })).toEqual({ index: 0, inLine: 0, y: 0 });
    expect(topToShow(4, { total: 0, height: 400 })).toBe(0);
  });
});
