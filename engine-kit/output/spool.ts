import { type FileHandle, open, readdir, readFile, truncate, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeFrames, frameHeaderBytes, type Stream, writeFrameHeader } from '../../core/log-frames.ts';
import { segmentName, segmentOffsets } from './layout.ts';

/** Bytes. `kept` bounds what is on disk and not released, `unwritten` what waits in memory for the disk. */
export interface SpoolLimits {
  segment: number;
  kept: number;
  unwritten: number;
}

/** How long to wait before a failed write, as on a full disk, is tried again; the command waits meanwhile. */
const retryMs = 1000;

/** A command's output on disk, as frames in segment files. Frames never straddle segments. */
export interface Spool {
  push(stream: Stream, payload: Buffer): void;
  /** Bytes that readers may read. */
  readonly bytes: number;
  /** True while no more should be pushed. */
  readonly full: boolean;
  /** Removes the segments that lie wholly before this offset. */
  release(offset: number): void;
  /** Resolves once all is written. */
  end(): Promise<void>;
}

/** What an earlier process left in the folder. */
export interface SpoolState {
  segments: readonly number[];
  written: number;
  /** Bytes of payload. */
  counts: Record<Stream, number>;
}

/** Reads what is there, of which nothing was released, and cuts off a frame that is not whole. */
export async function recoverSpool(folder: string): Promise<SpoolState> {
  const counts: SpoolState['counts'] = { stdout: 0, stderr: 0, system: 0 };
  const segments = segmentOffsets(await readdir(folder));
  let written = 0;
  for (const start of segments) {
    const path = join(folder, segmentName(start));
    let end = 0;
    for (const frame of decodeFrames(await readFile(path))) {
      counts[frame.stream] += frame.payload.length;
      end = frame.end;
    }
    await truncate(path, end);
    written = start + end;
  }
  return { segments, written, counts };
}

/** `changed` is called after each write and each release; `found`: goes on where another process stopped. */
export function createSpool(folder: string, limits: SpoolLimits, changed: () => void, found?: SpoolState): Spool {
  let pending: Buffer[] = [];
  let pendingBytes = 0;
  let written = found?.written ?? 0;
  let released = 0;
  let writing: Promise<void> | undefined;
  let file: FileHandle | undefined;
  const segments: number[] = [...(found?.segments ?? [])];

  async function write(): Promise<void> {
    while (pending.length > 0) {
      const batch = pending;
      const size = pendingBytes;
      pending = [];
      pendingBytes = 0;
      await store(batch.length === 1 ? (batch[0] as Buffer) : Buffer.concat(batch));
      written += size;
      changed();
    }
  }

  async function store(bytes: Buffer): Promise<void> {
    for (;;) {
      try {
        if (file === undefined || written - (segments.at(-1) ?? 0) >= limits.segment) await nextSegment();
        // Writing at a position makes a second try after a partial write safe.
        const start = written - (segments.at(-1) ?? 0);
        for (let done = 0; done < bytes.length; ) {
          done += (await file?.write(bytes, done, bytes.length - done, start + done))?.bytesWritten ?? 0;
        }
        return;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, retryMs));
      }
    }
  }

  async function nextSegment(): Promise<void> {
    const next = await open(join(folder, segmentName(written)), 'w', 0o600);
    await file?.close();
    file = next;
    segments.push(written);
  }

  return {
    push(stream, payload) {
      const header = Buffer.allocUnsafe(frameHeaderBytes);
      writeFrameHeader(header, 0, Date.now(), stream, payload.length);
      pending.push(header, payload);
      pendingBytes += header.length + payload.length;
      writing ??= write().finally(() => {
        writing = undefined;
      });
    },
    get bytes() {
      return written;
    },
    get full() {
      return pendingBytes >= limits.unwritten || written + pendingBytes - released >= limits.kept;
    },
    release(offset) {
      released = Math.max(released, Math.min(offset, written));
      while (segments[1] !== undefined && segments[1] <= released) {
        const first = segments.shift() as number;
        void unlink(join(folder, segmentName(first))).catch(() => undefined);
      }
      changed();
    },
    async end() {
      while (writing !== undefined) await writing;
      await file?.close();
      file = undefined;
    },
  };
}
