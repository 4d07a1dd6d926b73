import { z } from 'zod';
import { Environ, Shell, shellText } from '../../core/contracts/engine-settings.ts';
import type { ActionManifest } from '../../core/contracts/plugin.ts';

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
    shell: Shell.optional().describe(shellText),
    environ: Environ.optional().describe('Environment variables; the safe way to hand a value to the command'),
    directory: z.string().min(1).optional().describe('Where to run it, relative to the workspace'),
    success_exit_status: z
      .array(z.int().min(0).max(255))
      .min(1)
      .default([0])
      .describe('Exit statuses that count as success'),
  }),
  example: 'run: make test',
} satisfies ActionManifest;
