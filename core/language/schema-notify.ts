import { z } from 'zod';
import { NotifyEvent } from '../plan.ts';
import { strict } from './fields.ts';

const Channel = z
  .string()
  .max(200)
  .regex(/^[#@]?[^\s{}]+$/, 'a channel is written as #deployments')
  .describe('Channel, as #deployments');

const MailAddress = z
  .string()
  .max(320)
  .regex(/^[^\s@,;:<>"(){}]+@[^\s@,;:<>"(){}]+$/, 'an address is written as team@example.com');

/** Where a message goes, and what it says where that is not the usual. */
const notifyFields = {
  slack: strict({
    channel: Channel,
    message: z.string().min(1).max(4000).optional().describe('What it says; a usual text when absent'),
  })
    .optional()
    .describe('A Slack channel'),
  email: strict({
    to: z.union([MailAddress, z.array(MailAddress).min(1).max(100)]).describe('Address, or a list of addresses'),
    subject: z.string().min(1).max(300).optional().describe('Subject line; a usual one when absent'),
    text: z.string().min(1).max(20_000).optional().describe('What it says; a usual text when absent'),
  })
    .optional()
    .describe('People by e-mail'),
};

function saysWhom({ slack, email }: { slack?: unknown; email?: unknown }): boolean {
  return slack !== undefined || email !== undefined;
}
const saysNobody = 'say where to: slack: { channel } or email: { to }';

export const NotifyTarget = strict(notifyFields).refine(saysWhom, saysNobody);
export type NotifyTarget = z.infer<typeof NotifyTarget>;

/** Of a Pipeline: when whom is told what. */
export const NotifyRule = strict({
  on: z
    .array(NotifyEvent)
    .min(1)
    .optional()
    .describe(
      'What it tells of: failed (errored and timed_out, too), fixed, succeeded, stopped, waiting for approval; failed and fixed when absent',
    ),
  ...notifyFields,
}).refine(saysWhom, saysNobody);
export type NotifyRule = z.infer<typeof NotifyRule>;
