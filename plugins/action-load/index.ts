import type { z } from 'zod';
import type { ActionPlugin } from '../../core/contracts/plugin.ts';
import { manifest } from './manifest.ts';

type Input = z.infer<typeof manifest.input>;

export const plugin: ActionPlugin<Input> = {
  manifest,
  async execute(context, { key, path }) {
    const workspace = await context.workspace();
    await workspace.write(path, await context.files.get(key));
    context.log('system', `Loaded ${key} to ${path}.`);
    return { status: 'succeeded', output: { path } };
  },
};
