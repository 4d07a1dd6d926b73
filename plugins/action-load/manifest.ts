import { z } from 'zod';
import type { ActionManifest } from '../../core/contracts/plugin.ts';
import { StoreKey } from '../../core/store-key.ts';

export const manifest = {
  category: 'action',
  id: 'load',
  title: 'Load a file',
  description: 'Puts a file that an earlier Job stored into the workspace',
  place: 'job',
  input: z.object({
    key: StoreKey.describe('Name that it was stored by'),
    path: z.string().min(1).max(4096).describe('Where to put it, relative to the workspace'),
  }),
  example: 'load: { key: plan, path: tfplan }',
} satisfies ActionManifest;
