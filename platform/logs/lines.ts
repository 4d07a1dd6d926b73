import { decodeFrames, streams } from '../../core/log-frames.ts';

/** What a piece of a log's frames does to the counting of lines, whatever comes before it. */
export interface Shape {
  /** Stream of its first text; -1 where there is none. */
  opens: number;
  /** Stream of the line that it leaves without an end; -1 where the last line is whole. */
  tail: number;
  /** How many lines begin in it where the one before it is whole. */
  lines: number;
}

const newline = 10;

/** A line ends at `\n` or where the stream changes. */
export function shapeOf(frames: Buffer): Shape {
  let opens = -1;
  let tail = -1;
  let lines = 0;
  for (const { stream, payload } of decodeFrames(frames)) {
    if (payload.length === 0) continue;
    const at = streams.indexOf(stream);
    if (opens === -1) opens = at;
    const ends = countNewlines(payload as Buffer);
    const isWhole = payload[payload.length - 1] === newline;
    lines += ends + (isWhole ? 0 : 1) - (tail === at ? 1 : 0);
    tail = isWhole ? -1 : at;
  }
  return { opens, tail, lines };
}

function countNewlines(payload: Buffer): number {
  let count = 0;
  for (let at = payload.indexOf(newline); at !== -1; at = payload.indexOf(newline, at + 1)) count += 1;
  return count;
}

/** How far a log has come: lines that have begun, and the stream of the last one while it has no end, else -1. */
export interface Progress {
  lines: number;
  tail: number;
}

/** A piece in its place behind what came before it. */
export function place(
  before: Progress,
  shape: Shape,
): { firstLine: number; lines: number; joins: boolean; after: Progress } {
  const joins = shape.opens !== -1 && shape.opens === before.tail;
  const lines = shape.lines - (joins ? 1 : 0);
  return {
    firstLine: before.lines + 1,
    lines,
    joins,
    after: { lines: before.lines + lines, tail: shape.opens === -1 ? before.tail : shape.tail },
  };
}
