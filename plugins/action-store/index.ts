import type { z } from 'zod';
import type { ActionPlugin } from '../../core/contracts/plugin.ts';
import { manifest } from './manifest.ts';

type Input = z.infer<typeof manifest.input>;

export const plugin: ActionPlugin<Input> = {
  manifest,
  async execute(context, { key, path }) {
    const workspace = await context.workspace();
    const { size, sha256 } = await context.files.put(key, await workspace.read(path));
    context.log('system', `Stored ${path} as ${key}, ${size} bytes.`);
    return { status: 'succeeded', output: { key, size, sha256 } };
  },
};
