import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits: nobody guesses one, so its plain SHA-256 is all that need be kept. */
export function newSecret(): string {
  return `plv_${randomBytes(32).toString('base64url')}`;
}

export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
