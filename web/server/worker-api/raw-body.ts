import type { IncomingMessage } from 'node:http';
import type { Context } from 'hono';
import { PalvellaError } from '../../../core/errors.ts';

/** The bytes of a request as they come, past the web streams where there is a socket: those cost a copy and a task a piece. */
async function* rawBody(context: Context): AsyncGenerator<Uint8Array> {
  const { incoming } = (context.env ?? {}) as { incoming?: IncomingMessage };
  const stream = incoming ?? (context.req.raw.body as AsyncIterable<Uint8Array> | null) ?? [];
  try {
    yield* stream as AsyncIterable<Uint8Array>;
  } catch (cause) {
    throw new PalvellaError('invalid_request', 'The body broke off.', { cause });
  }
}

/** What the request says it will send; refused above `most` bytes. */
export function contentLength(context: Context, most: number): number {
  const header = context.req.header('content-length') ?? '';
  if (!/^\d{1,15}$/.test(header)) {
    throw new PalvellaError('invalid_request', 'The request must say its content-length.');
  }
  const length = Number(header);
  if (length > most) throw new PalvellaError('too_large', `The body is larger than ${most} bytes.`);
  return length;
}

/** The body as it comes; fails where it is not `length` bytes. */
export async function* sized(context: Context, length: number): AsyncGenerator<Uint8Array> {
  let at = 0;
  for await (const part of rawBody(context)) {
    at += part.length;
    if (at > length) break;
    yield part;
  }
  if (at !== length) throw new PalvellaError('invalid_request', 'The body is not as long as its content-length says.');
}

/** Of a chunk of a long log, so that such a log does not make the collector busy; smaller ones cost it little. */
const keptBytes = 1024 * 1024 + 64 * 1024;
const leastKept = keptBytes / 4;
const mostKept = 16;
const kept: Buffer[] = [];

/** Works on the whole body, of at most `most` bytes, which is only there meanwhile. */
export async function withRawBody<T>(context: Context, most: number, work: (bytes: Buffer) => Promise<T>): Promise<T> {
  const length = contentLength(context, most);
  const isKept = length >= leastKept && length <= keptBytes;
  const buffer = (isKept ? kept.pop() : undefined) ?? Buffer.allocUnsafeSlow(isKept ? keptBytes : length);
  try {
    let at = 0;
    for await (const part of sized(context, length)) {
      buffer.set(part, at);
      at += part.length;
    }
    return await work(buffer.subarray(0, length));
  } finally {
    if (isKept && kept.length < mostKept) kept.push(buffer);
  }
}
