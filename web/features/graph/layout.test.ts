import { describe, expect, test } from 'vitest';
import { type Box, type GraphItem, layoutGraph } from './layout.ts';

const job = (path: string, requires: string[] = [], parent: string | null = null): GraphItem => ({
  path,
  parent,
  requires,
});
const none = new Set<string>();

function overlaps(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
function expectApart(boxes: readonly Box[]) {
  const leaves = boxes.filter((box) => !box.group);
  for (const [index, a] of leaves.entries()) {
    for (const b of leaves.slice(index + 1)) expect(overlaps(a, b), `${a.path} and ${b.path}`).toBe(false);
  }
}

describe('the graph', () => {
  test('of nothing is empty', () => {
    expect(layoutGraph([], none)).toEqual({ boxes: [], edges: [], bundles: [], width: 0, height: 0 });
  });

  test('puts a Job right of what it requires', () => {
    const { boxes, edges } = layoutGraph([job('c', ['b']), job('b', ['a']), job('a')], none);
    const x = (path: string) => boxes.find((box) => box.path === path)?.x ?? Number.NaN;
    expect(x('a')).toBeLessThan(x('b'));
    expect(x('b')).toBeLessThan(x('c'));
    expect(edges).toHaveLength(2);
  });

  test('keeps the Jobs of a group inside it', () => {
    const items = [job('g'), job('g/a', [], 'g'), job('g/b', ['g/a'], 'g'), job('end', ['g'])];
    const { boxes } = layoutGraph(items, none);
    const group = boxes.find((box) => box.path === 'g') as Box;
    expect(group.group).toBe(true);
    for (const inner of boxes.filter((box) => box.path.startsWith('g/'))) {
      expect(inner.x).toBeGreaterThan(group.x);
      expect(inner.y).toBeGreaterThan(group.y);
      expect(inner.x + inner.width).toBeLessThan(group.x + group.width);
      expect(inner.y + inner.height).toBeLessThan(group.y + group.height);
    }
    expectApart(boxes);
  });

  test('leaves out what is in a collapsed group', () => {
    const { boxes } = layoutGraph([job('g'), job('g/a', [], 'g')], new Set(['g']));
    expect(boxes.map((box) => [box.path, box.group])).toEqual([['g', false]]);
  });

  test('packs 200 parallel Jobs into one grid between what is before and after', () => {
    const many = Array.from({ length: 200 }, (_, index) => job(`m${index}`, ['first']));
    const items = [
      job('first'),
      ...many,
      job(
        'last',
        many.map((each) => each.path),
      ),
    ];
    const { boxes, edges, bundles, width, height } = layoutGraph(items, none);
    expect(boxes).toHaveLength(202);
    expect(edges).toHaveLength(2);
    expect(bundles).toHaveLength(1);
    expect(width / height).toBeGreaterThan(1);
    expect(height).toBeLessThan(1500);
    expectApart(boxes);
  });

  test('does not pack Jobs that others tell apart', () => {
    const many = Array.from({ length: 8 }, (_, index) => job(`m${index}`));
    const after = many.map((each, index) => job(`a${index}`, [each.path]));
    expect(layoutGraph([...many, ...after], none).bundles).toEqual([]);
  });

  test('does not fail on a requirement that is not there', () => {
    expect(layoutGraph([job('a', ['gone'])], none).edges).toEqual([]);
  });
});
