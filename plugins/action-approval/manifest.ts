import { z } from 'zod';
import type { ActionManifest } from '../../core/contracts/plugin.ts';
import { Duration } from '../../core/duration-schema.ts';
import { ApprovalFields } from '../../core/language/approval-fields.ts';
import { strict } from '../../core/language/fields.ts';
import { NotifyTarget } from '../../core/language/schema-notify.ts';
import { StoreKey } from '../../core/store-key.ts';

const Roles = z.array(z.string().min(1)).min(1).max(100);
const Notify = z.array(NotifyTarget).min(1).max(20);

export const manifest = {
  category: 'action',
  id: 'approval',
  title: 'Ask for approval',
  description: 'Holds the Job until people approve',
  place: 'workflow',
  short: 'prompt',
  input: z.object({
    prompt: z.string().min(1).max(4096).describe('What is asked'),
    roles: Roles.default(['administrator']).describe('Roles that may decide'),
    quorum: z.int().min(1).max(100).default(1).describe('How many people must approve'),
    not_by_requester: z
      .boolean()
      .optional()
      .describe('Whether whoever started the run, or the one that it retries, may not decide'),
    shows: z
      .array(StoreKey)
      .min(1)
      .max(20)
      .optional()
      .describe(
        'Files that the run has stored by then, shown to whoever decides; where one changes, decisions are void',
      ),
    fields: ApprovalFields.optional().describe('What whoever approves fills in, an output of the Action by its name'),
    timeout: Duration.optional().describe(
      'How long to wait before it counts as rejected, as 30d; for ever when absent',
    ),
    notify: Notify.optional().describe('Who is told that it waits; as the Pipeline’s notify says when absent'),
    remind: Duration.optional().describe('After how long, again and again, they are reminded, as 4h'),
    escalate: strict({
      after: Duration.describe('After how long, as 1d'),
      roles: Roles.optional().describe('Roles that may decide from then on, too'),
      notify: Notify.optional().describe('Who is told then; as notify when absent'),
    })
      .optional()
      .describe('What happens where nobody has decided by then'),
  }),
  example: 'approval: { prompt: Apply these changes?, roles: [administrator], timeout: 30d }',
} satisfies ActionManifest;
