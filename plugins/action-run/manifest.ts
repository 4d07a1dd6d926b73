import { z } from 'zod';
import type { ActionManifest } from '../../core/contracts/plugin.ts';

const EnvironName = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'a variable’s name holds letters, digits and _');

export const manifest = {
  category: 'action',
  id: 'run',
  title: 'Run a command',
  description: 'Runs a command in a shell on the Job’s Engine',
  place: 'job',
  short: 'command',
  besides: ['shell', 'environ', 'directory', 'success_exit_status'],
  code: ['command', 'shell'],
  writtenNames: ['environ'],
  input: z.object({
    command: z
      .string()
      .min(1)
      .max(256 * 1024)
      .describe('What the shell executes'),
    shell: z
      .array(z.string().min(1))
      .min(1)
      .max(32)
      .optional()
      .describe('The shell and its arguments, before the command; sh -e -c when absent'),
    environ: z
      .record(EnvironName, z.union([z.string(), z.number(), z.boolean()]))
      .optional()
      .describe('Environment variables; the safe way to hand a value to the command'),
    directory: z.string().min(1).optional().describe('Where to run it, relative to the workspace'),
    success_exit_status: z
      .array(z.int().min(0).max(255))
      .min(1)
      .default([0])
      .describe('Exit statuses that count as success'),
  }),
  example: 'run: make test',
} satisfies ActionManifest;
