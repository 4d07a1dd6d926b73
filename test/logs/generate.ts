import fc from 'fast-check';
import { encodeFrame, streams } from '../../core/log-frames.ts';

export interface MadeFrame {
  stream: 0 | 1 | 2;
  text: string;
}

/** Frames as processes make them: whole lines, halves of lines, empty ones, long ones. */
const piece = fc.oneof(
  fc.constantFrom('', '\n', '\n\n', 'a', 'one\n', 'one\ntwo\n', 'half', 'end\nhalf', '\r\n', 'ünï', '😀\n'),
  fc.string({ maxLength: 20 }),
  fc.integer({ min: 1, max: 3 }).map((times) => `${'long '.repeat(200 * times)}\n`),
);
const stream = fc.constantFrom(0, 0, 0, 1, 2) as fc.Arbitrary<0 | 1 | 2>;

export const frames = fc.array(fc.record({ stream, text: piece }), { minLength: 1, maxLength: 60 });

export function encoded(made: readonly MadeFrame[]): Buffer[] {
  return made.map(({ stream: at, text }, index) =>
    Buffer.from(encodeFrame({ time: index, stream: streams[at] as 'stdout', payload: Buffer.from(text) })),
  );
}

/** The same frames in chunks, cut after the frames that `cuts` names. */
export function chunksOf(all: readonly Buffer[], cuts: readonly number[]): Buffer[] {
  const ends = [...new Set([...cuts.map((cut) => cut % all.length), all.length - 1])].sort((a, b) => a - b);
  let from = 0;
  return ends.map((end) => {
    const chunk = Buffer.concat(all.slice(from, end + 1));
    from = end + 1;
    return chunk;
  });
}

export interface MadeLine {
  n: number;
  t: number;
  s: string;
  text: string;
}

/** What the log must show, worked out the simple way: byte by byte. */
export function expectedLines(made: readonly MadeFrame[]): { lines: MadeLine[]; text: Buffer } {
  const lines: { t: number; stream: number; bytes: number[] }[] = [];
  const text: number[] = [];
  let open: number | undefined;
  for (const [time, { stream: at, text: payload }] of made.entries()) {
    for (const byte of Buffer.from(payload)) {
      if (open !== undefined && open !== at) {
        open = undefined;
        text.push(10);
      }
      if (open === undefined) lines.push({ t: time, stream: at, bytes: [] });
      open = at;
      text.push(byte);
      if (byte === 10) open = undefined;
      else lines.at(-1)?.bytes.push(byte);
    }
  }
  return {
    lines: lines.map(({ t, stream: at, bytes }, index) => ({
      n: index + 1,
      t,
      s: streams[at] as string,
      text: Buffer.from(bytes).toString(),
    })),
    text: Buffer.from(text),
  };
}
