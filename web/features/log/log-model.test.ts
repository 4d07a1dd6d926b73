import { describe, expect, test } from 'vitest';
import type { LogLine } from '../../../core/api/objects.ts';
import { blockLines, createLogModel } from './log-model.ts';

const lines = (from: number, count: number): LogLine[] =>
  Array.from({ length: count }, (_, index) => ({ n: from + index, t: 0, s: 'stdout', text: `line ${from + index}` }));

describe('the log model', () => {
  test('asks for the blocks that are not here', () => {
    const model = createLogModel();
    model.add({ lines: lines(1, blockLines), total: 1_000_000, closed: true });
    expect(model.missing(1, blockLines)).toEqual([]);
    expect(model.missing(blockLines - 5, blockLines * 2 + 5)).toEqual([blockLines + 1, 2 * blockLines + 1]);
    expect(model.missing(999_990, 2_000_000)).toEqual([999_501]);
  });

  test('a block with a hole is missing, the short last one is not', () => {
    const model = createLogModel();
    model.add({ lines: [...lines(1, 3), ...lines(5, 3)], total: 7, closed: false });
    expect(model.missing(1, 7)).toEqual([1]);
    model.add({ lines: lines(4, 1), total: 7, closed: false });
    expect(model.missing(1, 100)).toEqual([]);
  });

  test('a line that grew is replaced', () => {
    const model = createLogModel();
    model.add({ lines: [{ n: 1, t: 0, s: 'stdout', text: 'Down' }], total: 1, closed: false });
    model.add({ lines: [{ n: 1, t: 0, s: 'stdout', text: 'Downloaded' }], total: 1, closed: false });
    expect(model.line(1)?.text).toBe('Downloaded');
  });

  test('neither forgets lines there were nor opens again', () => {
    const model = createLogModel();
    model.add({ lines: [], total: 50, closed: true });
    model.add({ lines: [], total: 40, closed: false });
    expect([model.total(), model.closed()]).toEqual([50, true]);
  });

  test('keeps what was seen last when there is too much', () => {
    const model = createLogModel();
    const total = 300 * blockLines;
    model.add({ lines: lines(1, blockLines), total, closed: true });
    for (let index = 1; index < 300; index++) {
      model.add({ lines: lines(index * blockLines + 1, blockLines), total, closed: true });
      model.missing(1, 1);
    }
    expect(model.line(1)?.text).toBe('line 1');
    expect(model.line(10 * blockLines)).toBeUndefined();
    expect(model.line(total)?.text).toBe(`line ${total}`);
  });

  test('an empty log misses nothing', () => {
    expect(createLogModel().missing(1, 100)).toEqual([]);
  });
});
