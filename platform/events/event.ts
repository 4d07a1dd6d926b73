import { z } from 'zod';

/** What changed: ids only, whoever wants to know reads it. `resync`: anything may have. */
export const Event = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('run'), run: z.string(), pipeline: z.string() }),
  z.object({ kind: z.literal('log'), key: z.string() }),
  z.object({ kind: z.literal('approvals') }),
  z.object({ kind: z.literal('delivery'), delivery: z.string(), trigger: z.string() }),
  z.object({ kind: z.literal('resync') }),
]);
export type Event = z.infer<typeof Event>;

export const channel = 'palvella';

/** PostgreSQL refuses payloads of about 8,000 bytes. */
const mostBytes = 7_900;

/** As `pg_notify` takes it. What is too long to be named makes everybody look. */
export function eventText(event: Event): string {
  const text = JSON.stringify(event);
  return Buffer.byteLength(text) <= mostBytes ? text : JSON.stringify({ kind: 'resync' } satisfies Event);
}

export function parseEvent(text: string): Event | undefined {
  try {
    return Event.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
