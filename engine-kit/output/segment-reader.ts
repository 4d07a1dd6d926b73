import { type FileHandle, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PalvellaError } from '../../core/errors.ts';
import { wholeFramesEnd } from '../../core/log-frames.ts';
import { segmentName, segmentOffsets } from './layout.ts';

const readBytes = 1024 * 1024;

/** Reads a command's output from its segment files, in order. */
export interface SegmentReader {
  /** Whole frames from offset `at` on, at most 1 MiB; `limit` is how far there is output. */
  read(at: number, limit: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

export function createSegmentReader(folder: string): SegmentReader {
  let segment: { start: number; file: FileHandle } | undefined;

  async function find(at: number): Promise<{ start: number; file: FileHandle }> {
    const exact = await openSegment(at);
    if (exact !== undefined) return exact;
    const before = segmentOffsets(await readdir(folder)).findLast((start) => start <= at);
    const found = before === undefined ? undefined : await openSegment(before);
    if (found === undefined)
      throw new PalvellaError('engine_failed', `the output at byte ${at} is gone from ${folder}`);
    return found;
  }

  async function openSegment(start: number): Promise<{ start: number; file: FileHandle } | undefined> {
    const file = await open(join(folder, segmentName(start)), 'r').catch(() => undefined);
    return file && { start, file };
  }

  return {
    async read(at, limit) {
      const bytes = Buffer.allocUnsafe(Math.min(readBytes, limit - at));
      for (let tries = 0; tries < 2; tries += 1) {
        segment ??= await find(at);
        const { bytesRead } = await segment.file.read(bytes, 0, bytes.length, at - segment.start);
        if (bytesRead > 0) return bytes.subarray(0, wholeFramesEnd(bytes.subarray(0, bytesRead)));
        await segment.file.close();
        segment = undefined;
      }
      throw new PalvellaError('engine_failed', `the output at byte ${at} is gone from ${folder}`);
    },
    async close() {
      await segment?.file.close();
      segment = undefined;
    },
  };
}

/** How many bytes of whole frames there are, where nobody is left who counted them. */
export async function countOutput(folder: string): Promise<number> {
  const last = segmentOffsets(await readdir(folder)).at(-1);
  if (last === undefined) return 0;
  const reader = createSegmentReader(folder);
  try {
    let at = last;
    for (;;) {
      const frames = await reader.read(at, Number.MAX_SAFE_INTEGER).catch(() => undefined);
      if (frames === undefined || frames.length === 0) return at;
      at += frames.length;
    }
  } finally {
    await reader.close();
  }
}
