import { z } from 'zod';

export const NotificationEvent = z.enum([
  'failed',
  'fixed',
  'succeeded',
  'stopped',
  'waiting',
  'reminder',
  'escalated',
]);
export type NotificationEvent = z.infer<typeof NotificationEvent>;

/** A message about a run. */
export const NotificationItem = z.object({
  id: z.string(),
  event: NotificationEvent,
  by: z.enum(['slack', 'email']),
  /** Channel, or addresses with commas between. */
  to: z.string(),
  /** `dropped`: what it asked for was decided before it was sent. `failed`: given up. */
  state: z.enum(['waiting', 'sent', 'dropped', 'failed']),
  attempts: z.number().int(),
  /** Of the last try. */
  error: z.string().nullable(),
  /** Of the next try. */
  dueAt: z.iso.datetime(),
  createdAt: z.iso.datetime(),
  sentAt: z.iso.datetime().nullable(),
});
export type NotificationItem = z.infer<typeof NotificationItem>;
