import { maxFramePayload } from '../../core/log-frames.ts';

/** How long a line that has no end yet is kept back. */
const partialMs = 50;

/**
 * Cuts what a process writes into payloads of whole lines. A line that does not end, as a prompt or a progress bar,
 * goes out as it is after a moment.
 */
export interface LineFeed {
  data(bytes: Buffer): void;
  end(): void;
}

export function createLineFeed(push: (payload: Buffer) => void): LineFeed {
  let rest: Buffer[] = [];
  let restBytes = 0;
  let timer: NodeJS.Timeout | undefined;

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    if (restBytes > 0) emit(rest.length === 1 ? (rest[0] as Buffer) : Buffer.concat(rest));
    rest = [];
    restBytes = 0;
  }

  function emit(bytes: Buffer): void {
    let at = 0;
    while (bytes.length - at > maxFramePayload) {
      const newline = bytes.lastIndexOf(10, at + maxFramePayload - 1);
      const end = newline >= at ? newline + 1 : at + maxFramePayload;
      push(bytes.subarray(at, end));
      at = end;
    }
    if (at < bytes.length) push(bytes.subarray(at));
  }

  return {
    data(bytes) {
      const end = bytes.lastIndexOf(10) + 1;
      if (end > 0) {
        rest.push(bytes.subarray(0, end));
        restBytes += end;
        flush();
      }
      if (end === bytes.length) return;
      rest.push(bytes.subarray(end));
      restBytes += bytes.length - end;
      if (restBytes >= maxFramePayload) flush();
      else timer ??= setTimeout(flush, partialMs);
    },
    end: flush,
  };
}
