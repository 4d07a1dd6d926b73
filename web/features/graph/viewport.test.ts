import { expect, test } from 'vitest';
import { firstViewport, paneHeight } from './viewport.ts';

const pane = { width: 1000, height: 200 };

test('a small graph stands in the middle at its own size', () => {
  expect(firstViewport({ width: 400, height: 100 }, pane, undefined)).toEqual({ zoom: 1, x: 300, y: 50 });
});

test('a larger one is made to fit', () => {
  const { zoom, x, y } = firstViewport({ width: 1436, height: 100 }, pane, undefined);
  expect(zoom).toBeCloseTo(0.674);
  expect([x, Math.round(y)]).toEqual([16, 66]);
});

test('of one too large to read, the part around the focus is shown, and never beyond its ends', () => {
  const layout = { width: 10_000, height: 100 };
  const box = (x: number) => ({ x, y: 0, width: 200, height: 40 });
  expect(firstViewport(layout, pane, undefined).x).toBe(16);
  expect(firstViewport(layout, pane, box(0)).x).toBe(16);
  expect(firstViewport(layout, pane, box(5_000)).x).toBeCloseTo(500 - 5_100 * 0.75);
  expect(firstViewport(layout, pane, box(9_800)).x).toBeCloseTo(1000 - 16 - 7_500);
});

test('the pane grows with the graph, to a bound', () => {
  expect(paneHeight({ height: 36 })).toBe(80);
  expect(paneHeight({ height: 200 })).toBe(240);
  expect(paneHeight({ height: 9_000 })).toBe(340);
});
