import type { z } from 'zod';
import type { ActionPlugin } from '../../core/contracts/plugin.ts';
import { cloneRepository } from './git.ts';
import { manifest } from './manifest.ts';
import { realFolder, sourceFolder } from './source-folder.ts';

type Input = z.infer<typeof manifest.input>;

export const plugin: ActionPlugin<Input> = {
  manifest,
  async execute(context, { path, url, ref, credential, to }) {
    const workspace = await context.workspace();
    if (url !== undefined) {
      const clone = await cloneRepository(context, { url, ref, credential });
      if ('failed' in clone) return { status: 'failed', reason: clone.failed };
      await workspace.importFolder(clone.folder, to);
      return { status: 'succeeded', output: { commit: clone.commit } };
    }
    // The server's own data is no source, though it often lies where people start it.
    const own = await realFolder(context.setting('data_dir'));
    const folder = await sourceFolder(context.setting('source_root') ?? '', path ?? '', own);
    await workspace.importFolder(folder, to, own === undefined ? [] : [own]);
    context.log('system', `Copied ${path}.`);
    return { status: 'succeeded' };
  },
};
