import { z } from 'zod';
import type { ActionManifest } from '../../core/contracts/plugin.ts';

export const manifest = {
  category: 'action',
  id: 'checkout',
  title: 'Check out sources',
  description: 'Puts a folder or a git repository into the workspace',
  place: 'job',
  short: 'path',
  input: z
    .object({
      path: z
        .string()
        .min(1)
        .max(4096)
        .optional()
        .describe('A folder that the Worker may read, copied into the workspace'),
      url: z.string().min(1).max(8192).optional().describe('Address of a git repository'),
      ref: z.string().min(1).max(1024).optional().describe('Branch, tag or commit; the default branch when absent'),
      credential: z
        .string()
        .min(1)
        .optional()
        .describe('Token or key for the repository, as { from_credential: name }')
        .meta({ secret: true }),
      to: z.string().min(1).max(4096).default('.').describe('Folder of the workspace to put it in'),
    })
    .refine(
      ({ path, url }) => (path === undefined) !== (url === undefined),
      'either path or url must be there, not both',
    )
    .refine(
      ({ path, ref, credential }) => path === undefined || (ref === undefined && credential === undefined),
      'ref and credential belong to url',
    ),
  example: 'checkout: { url: https://example.com/project.git, ref: main }',
} satisfies ActionManifest;
