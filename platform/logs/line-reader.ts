import type { LogLine } from '../../core/api/objects.ts';
import { decodeFrames, type Stream } from '../../core/log-frames.ts';

/** A line longer than this is cut for pages; the text has it whole. */
const mostLineBytes = 64 * 1024;

export interface LineReader {
  /** The next frames. Answers with the lines that are whole now. */
  read(frames: Buffer): LogLine[];
  /** The line that has no end yet, where it is one of those asked for. */
  rest(): LogLine | undefined;
  /** Number of the line that was begun last. */
  at(): number;
}

/** Reads the lines `from` up to, not including, `to`. `before`: the last line that began before these frames. */
export function createLineReader(
  before: { n: number; open: Stream | undefined },
  { from, to }: { from: number; to: number },
): LineReader {
  let { n, open } = before;
  let time = 0;
  let parts: Buffer[] = [];
  let bytes = 0;
  let dropped = 0;

  function add(part: Buffer): void {
    if (n < from || n >= to) return;
    const kept = Math.min(part.length, mostLineBytes - bytes);
    if (kept > 0) parts.push(part.subarray(0, kept));
    bytes += kept;
    dropped += part.length - kept;
  }

  function line(stream: Stream): LogLine {
    const text = (parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts)).toString();
    return { n, t: time, s: stream, text: dropped === 0 ? text : `${text} … ${dropped} more bytes` };
  }

  function end(stream: Stream, into: LogLine[]): void {
    if (n >= from && n < to) into.push(line(stream));
    open = undefined;
    parts = [];
    bytes = 0;
    dropped = 0;
  }

  return {
    read(frames) {
      const lines: LogLine[] = [];
      for (const frame of decodeFrames(frames)) {
        const { stream } = frame;
        const payload = frame.payload as Buffer;
        if (payload.length === 0) continue;
        if (open !== undefined && open !== stream) end(open, lines);
        for (let at = 0; at < payload.length; ) {
          if (open === undefined) {
            n += 1;
            time = frame.time;
            open = stream;
            if (n >= to) return lines;
          }
          const newline = payload.indexOf(10, at);
          add(payload.subarray(at, newline === -1 ? payload.length : newline));
          if (newline === -1) break;
          end(stream, lines);
          at = newline + 1;
        }
      }
      return lines;
    },
    rest: () => (open !== undefined && n >= from && n < to ? line(open) : undefined),
    at: () => n,
  };
}
