import { z } from 'zod';
import type { ActionManifest, ActionPlugin } from '../../../core/contracts/plugin.ts';

const manifest = {
  category: 'action',
  id: 'greet',
  title: 'Greet somebody',
  description: 'Says hello in the log',
  example: 'greet: { whom: world }',
  place: 'native',
  input: z.object({
    whom: z.string().min(1).describe('Name of whoever is greeted').meta({ title: 'Whom would you like to greet?' }),
    times: z.int().min(1).max(5).optional().describe('How often'),
    manner: z.enum(['plain', 'loud']).optional().describe('How'),
  }),
} satisfies ActionManifest;

export const plugin: ActionPlugin<z.infer<typeof manifest.input>> = {
  manifest,
  repeatable: true,
  execute({ log }, { whom, times = 1, manner }) {
    const text = `Hello ${whom}`;
    for (let at = 0; at < times; at++) log('stdout', `${manner === 'loud' ? text.toUpperCase() : text}\n`);
    return Promise.resolve({ status: 'succeeded', output: { whom } });
  },
};
