import { randomBytes } from 'node:crypto';

const mostInOneMs = 0xfff;
const last = { ms: 0, count: 0 };

/**
 * A UUID that sorts by the time it was made (RFC 9562, version 7), as Prisma's `uuid(7)`; those of one process also within a
 * millisecond, so that what is written together is listed in its order.
 */
export function uuid7(now = Date.now()): string {
  const bytes = randomBytes(16);
  if (now > last.ms) Object.assign(last, { ms: now, count: 0 });
  else if (last.count < mostInOneMs) last.count += 1;
  else Object.assign(last, { ms: last.ms + 1, count: 0 });
  bytes.writeUIntBE(last.ms, 0, 6);
  bytes.writeUInt16BE(0x7000 | last.count, 6);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** Asked of text before it meets a column of that type. */
export function isUuid(text: string): boolean {
  return /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text);
}
