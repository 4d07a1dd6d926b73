import { promisify } from 'node:util';
import { deflate, inflate } from 'node:zlib';
import type { Payload, PayloadCodec } from '@temporalio/common';
import { METADATA_ENCODING_KEY } from '@temporalio/common';
import { PalvellaError } from '../../core/errors.ts';

const compress = promisify(deflate);
const expand = promisify(inflate);

const encoding = Buffer.from('binary/deflate-payload');
/** Smaller ones stay as they are: little is won, and `temporal workflow show` prints them. */
const smallest = 4 * 1024;
/** A payload is not larger than this when it is read, whatever a compressed one claims. */
const largest = 32 * 1024 * 1024;

/** Compresses large payloads in Temporal's history. */
export const payloadCodec: PayloadCodec = {
  encode: (payloads) => Promise.all(payloads.map(encode)),
  decode: (payloads) => Promise.all(payloads.map(decode)),
};

async function encode(payload: Payload): Promise<Payload> {
  const { data } = payload;
  if (data === undefined || data === null || data.length < smallest) return payload;
  const names = Object.keys(payload.metadata ?? {});
  const head = Buffer.from(
    JSON.stringify(names.map((name) => [name, Buffer.from(payload.metadata?.[name] ?? []).toString('base64')])),
  );
  const length = Buffer.alloc(4);
  length.writeUInt32BE(head.length);
  const packed = await compress(Buffer.concat([length, head, data]));
  return { metadata: { [METADATA_ENCODING_KEY]: encoding }, data: packed };
}

async function decode(payload: Payload): Promise<Payload> {
  const found = payload.metadata?.[METADATA_ENCODING_KEY];
  if (found === undefined || !encoding.equals(found)) return payload;
  const bytes = await expand(payload.data ?? new Uint8Array(), { maxOutputLength: largest }).catch((cause: unknown) => {
    throw new PalvellaError('internal', 'a compressed payload cannot be read', { cause });
  });
  const headEnd = 4 + bytes.readUInt32BE(0);
  const head = JSON.parse(bytes.subarray(4, headEnd).toString()) as [string, string][];
  return {
    metadata: Object.fromEntries(head.map(([name, value]) => [name, Buffer.from(value, 'base64')])),
    data: bytes.subarray(headEnd),
  };
}
