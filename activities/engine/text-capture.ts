import { decodeFrames } from '../../core/log-frames.ts';

/** What may come back to the workflow; a longer text is matched where the log is. */
const maxTextBytes = 32 * 1024;

/** Collects the standard output out of frames. */
export interface TextCapture {
  add(frames: Uint8Array): void;
  readonly full: boolean;
  /** Its beginning is not to be had any more: as if it was too long. */
  cut(): void;
  /** Undefined text where it was too long. */
  result(): { text?: string; textCut?: boolean };
}

export function createTextCapture(): TextCapture {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  return {
    add(frames) {
      for (const { stream, payload } of decodeFrames(frames)) {
        if (bytes > maxTextBytes) return;
        if (stream !== 'stdout') continue;
        bytes += payload.length;
        parts.push(payload.slice());
      }
    },
    get full() {
      return bytes > maxTextBytes;
    },
    cut() {
      bytes = maxTextBytes + 1;
    },
    result() {
      return bytes > maxTextBytes ? { textCut: true } : { text: Buffer.concat(parts).toString('utf8') };
    },
  };
}
