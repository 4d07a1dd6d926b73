import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { PalvellaError } from '../../../core/errors.ts';
import type { Message } from './sender.ts';

/** A header that the sender must send. */
export function needed({ headers }: Message, name: string, what: string): string {
  const value = headers.get(name) ?? '';
  if (value !== '') return value;
  throw new PalvellaError('unauthenticated', `The ${what} is missing: there is no ${name}.`, {
    remedy: 'Give the sender the secret of this webhook.',
  });
}

/** HMAC-SHA256 of the parts, in hexadecimal or base64, `sha256=` before it or not. */
export function verifyHmac(given: string, secret: string, ...parts: (string | Buffer)[]): void {
  const hmac = createHmac('sha256', keyOf(secret));
  for (const part of parts) hmac.update(part);
  const right = hmac.digest();
  const text = given.replace(/^sha256=/, '');
  const bytes = /^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, 'hex') : Buffer.from(text, 'base64');
  if (bytes.length !== right.length || !timingSafeEqual(bytes, right)) throw wrong('signature');
}

/** A secret that is sent as it is. Compared by its hash, so that not even its length shows. */
export function verifyToken(given: string, secret: string): void {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  if (!timingSafeEqual(hash(given), hash(keyOf(secret)))) throw wrong('token');
}

/** Everybody can sign with an empty one. */
function keyOf(secret: string): string {
  if (secret !== '') return secret;
  throw new PalvellaError('unavailable', 'This webhook has no secret, so nothing is taken.');
}

function wrong(what: string): PalvellaError {
  return new PalvellaError('unauthenticated', `The ${what} is wrong.`, {
    remedy: 'See that the sender has the secret of this webhook, and that nothing between changes what it sends.',
  });
}
