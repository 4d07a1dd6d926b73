import { decodeFrames, type Stream } from '../../core/log-frames.ts';

/** Turns frames into what the process wrote. Where one stream breaks into a line of the other, a line end is put between. */
export interface TextReader {
  read(frames: Uint8Array): Uint8Array;
  /** Whether the text so far ends within a line. */
  isOpen(): boolean;
}

const lineEnd = Buffer.from('\n');

export function createTextReader(only?: Stream): TextReader {
  let open: Stream | undefined;
  return {
    read(frames) {
      const parts: Uint8Array[] = [];
      for (const { stream, payload } of decodeFrames(frames)) {
        if (payload.length === 0 || (only !== undefined && stream !== only)) continue;
        if (open !== undefined && open !== stream) parts.push(lineEnd);
        parts.push(payload);
        open = payload[payload.length - 1] === 10 ? undefined : stream;
      }
      const [first] = parts;
      return parts.length === 1 && first !== undefined ? first : Buffer.concat(parts);
    },
    isOpen: () => open !== undefined,
  };
}
