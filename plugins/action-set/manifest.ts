import { z } from 'zod';
import type { ActionManifest } from '../../core/contracts/plugin.ts';
import { Json } from '../../core/json.ts';

export const manifest = {
  category: 'action',
  id: 'set',
  title: 'Set outputs',
  description: 'Gives the Job named outputs',
  place: 'workflow',
  input: z.object({}).catchall(Json.describe('An output of the Job')).describe('Names and values of the outputs'),
  example: "set: { changed: '${{ job.current.action.plan.exit_status == 2 }}' }",
} satisfies ActionManifest;
