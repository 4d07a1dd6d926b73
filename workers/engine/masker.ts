import type { Masker } from '../../activities/engine/ports.ts';
import { decodeFrames, encodeFrame, type Frame, frameHeaderBytes, type Stream } from '../../core/log-frames.ts';
import { findForms, type Interval, openSuffix } from './find-forms.ts';
import { secretForms } from './secret-forms.ts';

const mask = Buffer.from('***');
/** How much of the other stream may be kept back with a line that does not go on, in bytes. */
const keptBytes = 1024 * 1024;

interface Held extends Frame {
  /** Offset in the raw output after this frame. */
  end: number;
}

/**
 * Masks by stream, as two streams of one process are two texts. What could be the beginning of a secret is kept back,
 * with all frames after it, until the stream goes on: so a chunk ends at a frame, and any chunk's end is a place to
 * go on from. Lines that have ended are never kept back, as no form of a secret holds a line end.
 */
export function createMasker(secrets: readonly string[]): Masker {
  const forms = secretForms(secrets);
  let held: Held[] = [];

  function take(goes: (index: number) => boolean, end: number, intervals: readonly Interval[][]) {
    const frames = held.flatMap((frame, index) => {
      const payload = goes(index) ? applyMask(frame.payload, intervals[index] ?? []) : frame.payload;
      return goes(index) && payload.length > 0 ? [encodeFrame({ ...frame, payload })] : [];
    });
    const before = held.length;
    held = held.filter((_, index) => !goes(index));
    return held.length === before ? undefined : { end, frames: Buffer.concat(frames) };
  }

  return {
    push(chunk) {
      if (forms.length === 0) return chunk;
      const before = held.length;
      const start = chunk.end - chunk.frames.length;
      for (const { time, stream, payload, end } of decodeFrames(chunk.frames)) {
        held.push({ time, stream, payload, end: start + end });
      }
      const { intervals, free, open } = examine(held, forms);
      if (before === 0 && free === held.length && intervals.every((found) => found.length === 0)) {
        held = [];
        return chunk;
      }
      const keptFrom = held[free];
      if (keptFrom === undefined) return take(() => true, chunk.end, intervals);
      const goOn = keptFrom.end - keptFrom.payload.length - frameHeaderBytes;
      if (sizeOf(held) <= keptBytes) return take((index) => index < free, goOn, intervals);
      // The other stream prints on. Its frames go, though after a kill they would be sent once more.
      const streams = held.map(({ stream }) => stream);
      return take((index) => index < free || !open.has(streams[index] as Stream), goOn, intervals);
    },
    flush() {
      const last = held.at(-1);
      return last === undefined ? undefined : take(() => true, last.end, examine(held, forms).intervals);
    },
    text(text) {
      const bytes = Buffer.from(text);
      const found = findForms(bytes, forms);
      return found.length === 0 ? text : Buffer.from(applyMask(bytes, joinOverlaps(found))).toString();
    },
  };
}

/** Per frame what to mask, and how many frames from the first nothing that follows can change. */
function examine(frames: readonly Held[], forms: readonly Buffer[]) {
  const intervals: Interval[][] = frames.map(() => []);
  let free = frames.length;
  const open = new Set<Stream>();
  const spans: { first: number; last: number }[] = [];
  for (const stream of new Set(frames.map((frame) => frame.stream))) {
    const indexes = [...frames.keys()].filter((index) => frames[index]?.stream === stream);
    const text = Buffer.concat(indexes.map((index) => (frames[index] as Held).payload));
    const found = findForms(text, forms);
    const suffix = openSuffix(text, forms);
    const starts = startsOf(indexes.map((index) => (frames[index] as Held).payload.length));
    const frameAt = (offset: number) => starts.findLastIndex((start) => start <= offset);
    for (const { from, to } of joinOverlaps(found)) {
      const [first, last] = [frameAt(from), frameAt(to - 1)];
      spans.push({ first: indexes[first] as number, last: indexes[last] as number });
      for (let at = first; at <= last; at += 1) {
        const start = starts[at] as number;
        const length = (frames[indexes[at] as number] as Held).payload.length;
        intervals[indexes[at] as number]?.push({
          from: Math.max(0, from - start),
          to: Math.min(length, to - start),
          ...(at > first ? { continued: true } : {}),
        });
      }
    }
    if (suffix === 0) continue;
    open.add(stream);
    free = Math.min(free, indexes[frameAt(text.length - suffix)] as number);
  }
  // A secret that lies across the border is kept whole.
  for (let again = true; again; ) {
    again = false;
    for (const { first, last } of spans) {
      if (first >= free || last < free) continue;
      free = first;
      again = true;
    }
  }
  return { intervals, free, open };
}

function sizeOf(frames: readonly Held[]): number {
  return frames.reduce((sum, { payload }) => sum + payload.length, 0);
}

function startsOf(lengths: readonly number[]): number[] {
  let at = 0;
  return lengths.map((length) => {
    const start = at;
    at += length;
    return start;
  });
}

function joinOverlaps(found: readonly Interval[]): Interval[] {
  const joined: Interval[] = [];
  for (const interval of [...found].sort((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last !== undefined && interval.from < last.to) last.to = Math.max(last.to, interval.to);
    else joined.push({ ...interval });
  }
  return joined;
}

function applyMask(payload: Uint8Array, intervals: readonly Interval[]): Uint8Array {
  if (intervals.length === 0) return payload;
  const parts: Uint8Array[] = [];
  let at = 0;
  for (const { from, to, continued } of [...intervals].sort((a, b) => a.from - b.from)) {
    parts.push(payload.subarray(at, from));
    if (continued !== true) parts.push(mask);
    at = to;
  }
  parts.push(payload.subarray(at));
  return Buffer.concat(parts);
}
