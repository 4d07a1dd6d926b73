import { z } from 'zod';
import { JsonObject } from '../json.ts';
import { Param } from '../plan.ts';
import { RunSummary } from './objects.ts';

export const ApprovalState = z.enum(['pending', 'approved', 'rejected', 'expired', 'withdrawn']);
export type ApprovalState = z.infer<typeof ApprovalState>;

/** A file of the run as it was when the digest was made. */
export const ShownFile = z.object({ key: z.string(), size: z.number().int(), sha256: z.string() });
export type ShownFile = z.infer<typeof ShownFile>;

export const ApprovalItem = z.object({
  id: z.string(),
  run: RunSummary,
  jobPath: z.string(),
  action: z.string(),
  prompt: z.string(),
  roles: z.array(z.string()),
  quorum: z.number().int(),
  state: ApprovalState,
  /** SHA-256 of everything that is shown; a decision carries it. */
  digest: z.string(),
  files: z.array(ShownFile),
  /** What whoever approves first fills in, and what they did. */
  fields: z.array(Param),
  values: JsonObject.nullable(),
  notByRequester: z.boolean(),
  /** Why whoever asks this may not decide; null where they may. */
  refusal: z.string().nullable(),
  decisions: z.array(
    z.object({
      by: z.string(),
      verdict: z.enum(['approve', 'reject']),
      comment: z.string().nullable(),
      at: z.iso.datetime(),
      /** What was shown has changed since, so it does not count. */
      void: z.boolean(),
    }),
  ),
  askedAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().nullable(),
  /** When it is told again that it waits, and where to; null once it does not. */
  remindAt: z.iso.datetime().nullable(),
  remindTo: z.array(z.string()),
  /** When more may decide and others are told; null once that has been. */
  escalateAt: z.iso.datetime().nullable(),
  escalateRoles: z.array(z.string()),
  escalateTo: z.array(z.string()),
});
export type ApprovalItem = z.infer<typeof ApprovalItem>;

export const Decision = z.object({
  verdict: z.enum(['approve', 'reject']),
  /** Of what is decided on, as it was shown. */
  digest: z.string().regex(/^[\da-f]{64}$/, 'the digest of what was shown, 64 hexadecimal digits'),
  comment: z.string().max(2000).optional(),
  /** With `approve` only. */
  fields: JsonObject.optional(),
});
export type Decision = z.infer<typeof Decision>;

/** The beginning of a file that an approval shows, as text; null where it is none. */
export const Preview = z.object({ text: z.string().nullable(), isWhole: z.boolean() });
export type Preview = z.infer<typeof Preview>;
