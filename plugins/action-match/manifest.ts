import { z } from 'zod';
import type { ActionManifest } from '../../core/contracts/plugin.ts';

export const manifest = {
  category: 'action',
  id: 'match',
  title: 'Regular expression match on string',
  description: 'Matches a text against a regular expression; the groups are its output',
  place: 'workflow',
  short: 'pattern',
  besides: ['of'],
  code: ['pattern'],
  input: z.object({
    pattern: z
      .string()
      .min(1)
      .max(4096)
      .describe('Regular expression in RE2 syntax; /…/ is accepted')
      .meta({ title: 'What string do you want to match on?' }),
    of: z.string().optional().describe('The text; when absent, what the Action before it printed'),
  }),
  example: "match: 'version ([0-9.]+)'",
} satisfies ActionManifest;
