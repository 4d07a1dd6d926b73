import { z } from 'zod';
import type { ActionManifest } from '../../core/contracts/plugin.ts';
import { Duration } from '../../core/duration-schema.ts';

export const manifest = {
  category: 'action',
  id: 'approval',
  title: 'Ask for approval',
  description: 'Holds the Job until people approve',
  place: 'workflow',
  short: 'prompt',
  input: z.object({
    prompt: z.string().min(1).max(4096).describe('What is asked'),
    roles: z.array(z.string().min(1)).min(1).max(100).default(['administrator']).describe('Roles that may decide'),
    quorum: z.int().min(1).max(100).default(1).describe('How many people must approve'),
    timeout: Duration.optional().describe(
      'How long to wait before it counts as rejected, as 30d; for ever when absent',
    ),
  }),
  example: 'approval: { prompt: Apply these changes?, roles: [administrator], timeout: 30d }',
} satisfies ActionManifest;
