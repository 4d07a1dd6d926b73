import { z } from 'zod';
import type { EngineManifest } from '../../core/contracts/plugin.ts';

export const manifest = {
  category: 'engine',
  id: 'native',
  title: 'Inside the Worker',
  description: 'Runs Actions that need no command, such as http, in the Worker itself',
  settings: z.object({}),
  example: '{ type: native }',
} satisfies EngineManifest;
