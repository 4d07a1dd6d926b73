import { z } from 'zod';
import { Environ, environText, Shell, shellText } from '../../core/contracts/engine-settings.ts';
import type { EngineManifest } from '../../core/contracts/plugin.ts';

export const manifest = {
  category: 'engine',
  id: 'local',
  title: 'This machine',
  description: 'Runs commands in a shell on the Worker’s own host',
  code: ['shell'],
  writtenNames: ['environ'],
  settings: z.object({
    shell: Shell.optional().describe(shellText),
    environ: Environ.optional().describe(environText),
  }),
  example: '{ type: local, shell: [bash, -e, -c], environ: { LANG: C } }',
} satisfies EngineManifest;
