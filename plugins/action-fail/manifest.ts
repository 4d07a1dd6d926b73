import { z } from 'zod';
import type { ActionManifest } from '../../core/contracts/plugin.ts';

export const manifest = {
  category: 'action',
  id: 'fail',
  title: 'Fail Job',
  description: 'Fails the Job, with a reason',
  place: 'workflow',
  short: 'reason',
  input: z.object({
    reason: z.string().min(1).max(4096).default('The Job fails here').describe('Said on the run page'),
  }),
  example: 'fail: the version is not the expected one',
} satisfies ActionManifest;
