import { PalvellaError } from '../../../core/errors.ts';

/** Of a JSON body. Enough for ten files of the largest size. */
const largest = 12 * 1024 * 1024;

/** The JSON body of a request; an absent one is an empty object. */
export async function jsonBody(request: Request): Promise<unknown> {
  const bytes = await readBody(request, largest);
  if (bytes.length === 0) return {};
  // A form of another site can send text, but not this type without asking first.
  if (!/^application\/json\b/i.test(request.headers.get('content-type') ?? '')) {
    throw new PalvellaError('invalid_request', 'The body must be JSON.', {
      remedy: 'Send it with content-type: application/json.',
    });
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch (cause) {
    throw new PalvellaError('invalid_request', `The body is no JSON: ${(cause as Error).message}`, { cause });
  }
}

/** A whole body; refused once it is longer than `most` bytes, not after. */
export async function readBody(request: Request, most: number): Promise<Buffer> {
  if (Number(request.headers.get('content-length') ?? 0) > most) throw tooLarge(most);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > most) throw tooLarge(most);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function tooLarge(most: number): PalvellaError {
  return new PalvellaError('too_large', `The body is larger than ${most / 1024 / 1024} MiB.`, {
    remedy: 'Send less at once.',
  });
}
