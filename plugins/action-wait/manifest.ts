import { z } from 'zod';
import type { ActionManifest } from '../../core/contracts/plugin.ts';
import { Duration } from '../../core/duration-schema.ts';

export const manifest = {
  category: 'action',
  id: 'wait',
  title: 'Wait',
  description: 'Waits for some time, or for what a Trigger is sent',
  place: 'workflow',
  short: 'for',
  input: z
    .object({
      for: Duration.optional().describe('How long, as 30s, 5m or 2h'),
      trigger: z
        .string()
        .min(1)
        .optional()
        .describe('Name of a Trigger: it goes on with the next delivery, whose payload is its output'),
      timeout: Duration.optional().describe('How long to wait for that; for ever when absent'),
    })
    .superRefine((input, context) => {
      if ((input.for === undefined) === (input.trigger === undefined)) {
        context.addIssue({ code: 'custom', message: 'wait takes either for or trigger', path: [] });
      } else if (input.for !== undefined && input.timeout !== undefined) {
        context.addIssue({ code: 'custom', message: 'timeout belongs to trigger', path: ['timeout'] });
      }
    }),
  example: 'wait: { for: 5m }',
} satisfies ActionManifest;
