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
    sha256: z
      .string()
      .regex(/^[\da-f]{64}$/, 'a SHA-256 is 64 hexadecimal digits')
      .optional()
      .describe('What its content must be, as an approval or store gives it; any when absent'),
    path: z.string().min(1).max(4096).describe('Where to put it, relative to the workspace'),
  }),
  example: 'load: { key: plan, path: tfplan }',
} satisfies ActionManifest;
