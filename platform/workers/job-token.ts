import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** What a Job's token is good for: one try of one Job, by one Worker that came with one worker token, for a while. */
export const JobGrant = z.object({
  runId: z.string(),
  jobPath: z.string(),
  jobAttempt: z.number().int(),
  workerId: z.string(),
  /** Name of the Worker's identity. */
  owner: z.string(),
  /** Unix time in milliseconds. */
  expiresAt: z.number(),
});
export type JobGrant = z.infer<typeof JobGrant>;

/** `key`: 32 secret bytes, base64url. */
export function signGrant(grant: JobGrant, key: string): string {
  const body = Buffer.from(JSON.stringify(grant)).toString('base64url');
  return `${body}.${signatureOf(body, key).toString('base64url')}`;
}

/** Undefined where we did not sign it, or its time is over. */
export function readGrant(token: string, key: string, now: number): JobGrant | undefined {
  const [body = '', signature = '', ...more] = token.split('.');
  const given = Buffer.from(signature, 'base64url');
  const right = signatureOf(body, key);
  if (more.length > 0 || given.length !== right.length || !timingSafeEqual(given, right)) return undefined;
  const grant = JobGrant.parse(JSON.parse(Buffer.from(body, 'base64url').toString()));
  return now < grant.expiresAt ? grant : undefined;
}

function signatureOf(body: string, key: string): Buffer {
  return createHmac('sha256', Buffer.from(key, 'base64url')).update(body).digest();
}
