import type { LogLine } from '../../../core/api/objects.ts';

export const blockLines = 500;
/** About 100,000 lines are kept; what was not seen for longest goes first. */
const maxBlocks = 200;

/** The lines of one log that are here, of however many there are. Lines count from 1. */
export interface LogModel {
  total(): number;
  /** No more lines will come. */
  closed(): boolean;
  line(n: number): LogLine | undefined;
  /** Takes lines in any order, again or anew: a later text of the same line replaces the earlier. */
  add(page: { lines: readonly LogLine[]; total: number; closed: boolean }): void;
  /** First lines of the blocks that are not whole, of those that hold the lines `from` to `to`. */
  missing(from: number, to: number): number[];
}

export function createLogModel(): LogModel {
  const blocks = new Map<number, (LogLine | undefined)[]>();
  let total = 0;
  let closed = false;

  function touch(index: number): (LogLine | undefined)[] | undefined {
    const block = blocks.get(index);
    if (block === undefined) return undefined;
    blocks.delete(index);
    blocks.set(index, block);
    return block;
  }

  function put(line: LogLine) {
    const index = Math.floor((line.n - 1) / blockLines);
    let block = blocks.get(index);
    if (block === undefined) {
      block = [];
      blocks.set(index, block);
    }
    block[(line.n - 1) % blockLines] = line;
  }

  function isWhole(index: number): boolean {
    const block = touch(index);
    const count = Math.min(blockLines, total - index * blockLines);
    if (block === undefined || block.length < count) return false;
    for (let at = 0; at < count; at++) if (block[at] === undefined) return false;
    return true;
  }

  return {
    total: () => total,
    closed: () => closed,
    line: (n) => blocks.get(Math.floor((n - 1) / blockLines))?.[(n - 1) % blockLines],
    add(page) {
      for (const line of page.lines) put(line);
      total = Math.max(total, page.total);
      closed ||= page.closed;
      for (const index of blocks.keys()) {
        if (blocks.size <= maxBlocks) break;
        blocks.delete(index);
      }
    },
    missing(from, to) {
      const last = Math.floor((Math.min(to, total) - 1) / blockLines);
      const starts: number[] = [];
      for (let index = Math.max(0, Math.floor((from - 1) / blockLines)); index <= last; index++) {
        if (!isWhole(index)) starts.push(index * blockLines + 1);
      }
      return starts;
    },
  };
}
