import { z } from 'zod';
import type { ActionManifest } from '../../core/contracts/plugin.ts';
import { JsonObject } from '../../core/json.ts';

export const manifest = {
  category: 'action',
  id: 'trigger',
  title: 'Start a run',
  description: 'Starts a run of another Pipeline, without waiting for it',
  place: 'native',
  short: 'pipeline',
  input: z.object({
    pipeline: z.string().min(1).max(200).describe('Name of the Pipeline'),
    args: JsonObject.default({}).describe('Its parameters'),
  }),
  example: 'trigger: { pipeline: deploy, args: { environment: nonprod } }',
} satisfies ActionManifest;
