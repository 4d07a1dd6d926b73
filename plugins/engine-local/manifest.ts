import { z } from 'zod';
import type { EngineManifest } from '../../core/contracts/plugin.ts';

export const manifest = {
  category: 'engine',
  id: 'local',
  title: 'This machine',
  description: 'Runs commands in a shell on the Worker’s own host',
  code: ['shell'],
  writtenNames: ['environ'],
  settings: z.object({
    shell: z
      .array(z.string().min(1))
      .min(1)
      .max(32)
      .optional()
      .describe('The shell and its arguments, before the command; sh -e -c when absent'),
    environ: z
      .record(
        z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'a variable’s name holds letters, digits and _'),
        z.union([z.string(), z.number(), z.boolean()]),
      )
      .optional()
      .describe('Environment variables of every command'),
  }),
  example: '{ type: local, shell: [bash, -e, -c], environ: { LANG: C } }',
} satisfies EngineManifest;
