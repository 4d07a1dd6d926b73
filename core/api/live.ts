import { z } from 'zod';
import { LogLine, RunDetail, RunSummary } from './objects.ts';

/** No name holds NUL, and one that the database refused would be asked for again and again. */
const Name = z.string().refine((text) => !text.includes('\0'), 'NUL is part of no name');

/**
 * The one WebSocket of a page, at `/api/v1/live`. The client subscribes under ids of its own; each subscription is
 * answered with the present state and then with what changes. After a reconnect the client subscribes again.
 */
export const Topic = z.discriminatedUnion('topic', [
  /** Newest runs, of one Pipeline or of all. */
  z.object({ topic: z.literal('runs'), pipeline: Name.optional() }),
  z.object({ topic: z.literal('run'), run: Name }),
  z.object({ topic: z.literal('approvals') }),
  /**
   * Lines of the newest try from `from` on (from 1; absent: the end), each once it has its end. `open`: the last line also
   * before that, and again when it has grown.
   */
  z.object({
    topic: z.literal('log'),
    run: Name,
    job: Name,
    action: Name,
    from: z.number().int().optional(),
    open: z.boolean().optional(),
  }),
]);
export type Topic = z.infer<typeof Topic>;

export const ClientMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('subscribe'), id: z.string().max(64), topic: Topic }),
  z.object({ type: z.literal('unsubscribe'), id: z.string().max(64) }),
]);
export type ClientMessage = z.infer<typeof ClientMessage>;

export const ServerMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('run'), id: z.string(), run: RunDetail }),
  z.object({ type: z.literal('runs'), id: z.string(), changed: z.array(RunSummary) }),
  /** How many approvals wait for whoever listens. */
  z.object({ type: z.literal('approvals'), id: z.string(), pending: z.number().int() }),
  z.object({
    type: z.literal('log'),
    id: z.string(),
    lines: z.array(LogLine),
    total: z.number().int(),
    closed: z.boolean(),
  }),
  z.object({ type: z.literal('error'), id: z.string(), code: z.string(), detail: z.string() }),
]);
export type ServerMessage = z.infer<typeof ServerMessage>;
