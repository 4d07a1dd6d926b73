/**
 * The log's one wire form, from the process to the reader. A frame is what was read at one time from one stream:
 *
 *   bytes 0–7  Unix time in milliseconds, float64 big-endian
 *   byte  8    stream: 0 standard output, 1 standard error, 2 said by Palvella itself
 *   bytes 9–12 payload length, uint32 big-endian
 *   then the payload, UTF-8 text as the process wrote it
 *
 * A line ends at `\n` or where the stream changes. Chunks hold whole frames.
 */
export const frameHeaderBytes = 13;
export const maxFramePayload = 64 * 1024;

export const streams = ['stdout', 'stderr', 'system'] as const;
export type Stream = (typeof streams)[number];

export interface Frame {
  /** Unix time in milliseconds. */
  time: number;
  stream: Stream;
  payload: Uint8Array;
}

export function encodeFrame(frame: Frame): Uint8Array {
  const bytes = new Uint8Array(frameHeaderBytes + frame.payload.length);
  writeFrameHeader(bytes, 0, frame.time, frame.stream, frame.payload.length);
  bytes.set(frame.payload, frameHeaderBytes);
  return bytes;
}

export function writeFrameHeader(into: Uint8Array, at: number, time: number, stream: Stream, length: number): void {
  const view = new DataView(into.buffer, into.byteOffset + at, frameHeaderBytes);
  view.setFloat64(0, time);
  view.setUint8(8, streams.indexOf(stream));
  view.setUint32(9, length);
}

/** Walks whole frames without copying payloads; stops before a frame that is cut off at the end. */
export function* decodeFrames(bytes: Uint8Array): Generator<Frame & { end: number }> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  while (at + frameHeaderBytes <= bytes.length) {
    const length = view.getUint32(at + 9);
    const end = at + frameHeaderBytes + length;
    const stream = streams[view.getUint8(at + 8)];
    if (stream === undefined) throw new RangeError(`log frame at byte ${at} has an unknown stream`);
    if (end > bytes.length) return;
    yield { time: view.getFloat64(at), stream, payload: bytes.subarray(at + frameHeaderBytes, end), end };
    at = end;
  }
}

/** Where the last whole frame ends. */
export function wholeFramesEnd(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = 0;
  while (end + frameHeaderBytes <= bytes.length) {
    const next = end + frameHeaderBytes + view.getUint32(end + 9);
    if (next > bytes.length) break;
    end = next;
  }
  return end;
}
