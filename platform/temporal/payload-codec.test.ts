import { expect, test } from 'vitest';
import { payloadCodec } from './payload-codec.ts';

const payload = (data: Uint8Array) => ({ metadata: { encoding: Buffer.from('json/plain') }, data });

test('a large payload is smaller in history and comes back as it was', async () => {
  const data = Buffer.from(JSON.stringify('x'.repeat(100_000)));
  const [packed] = await payloadCodec.encode([payload(data)]);
  expect(packed?.data?.length).toBeLessThan(2000);
  const [back] = await payloadCodec.decode([packed ?? {}]);
  expect(Buffer.from(back?.data ?? []).equals(data)).toBe(true);
  expect(Buffer.from(back?.metadata?.['encoding'] ?? []).toString()).toBe('json/plain');
});

test('a small payload, and one that is not ours, stays as it is', async () => {
  const small = payload(Buffer.from('1'));
  expect(await payloadCodec.encode([small])).toEqual([small]);
  expect(await payloadCodec.decode([small])).toEqual([small]);
});

test('a compressed payload that expands without bound is refused', async () => {
  const [bomb] = await payloadCodec.encode([payload(Buffer.alloc(33 * 1024 * 1024))]);
  await expect(payloadCodec.decode([bomb ?? {}])).rejects.toMatchObject({ code: 'internal' });
});
