import { z } from 'zod';
import type { ActionManifest } from '../../core/contracts/plugin.ts';
import { Json } from '../../core/json.ts';

export const manifest = {
  category: 'action',
  id: 'compare',
  title: 'Compare values',
  description: 'Succeeds when an expression is true',
  place: 'workflow',
  short: 'expression',
  besides: ['of'],
  code: ['expression'],
  input: z.object({
    expression: z
      .string()
      .min(1)
      .max(4096)
      .describe('CEL expression that gives true or false')
      .meta({ title: 'What is the comparison you want to run?' }),
    of: Json.optional().describe('Named value in the expression; when absent, what the Action before it printed'),
  }),
  example: "compare: 'job.current.action.plan.exit_status == 2'",
} satisfies ActionManifest;
