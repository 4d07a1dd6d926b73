import { z } from 'zod';
import type { ActionManifest } from '../../core/contracts/plugin.ts';
import { StoreKey } from '../../core/store-key.ts';

export const manifest = {
  category: 'action',
  id: 'store',
  title: 'Store a file',
  description: 'Keeps a file of the workspace for later Jobs of the run',
  place: 'job',
  input: z.object({
    key: StoreKey.describe('Name to load it by: segments of letters, digits, _ . - joined by /'),
    path: z.string().min(1).max(4096).describe('The file, relative to the workspace'),
  }),
  example: 'store: { key: plan, path: tfplan }',
} satisfies ActionManifest;
