import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLocalEngine } from '../../plugins/engine-local/engine.ts';
import { engineContract } from './engine.ts';

engineContract('local', async () => {
  const stateFolder = await mkdtemp(join(tmpdir(), 'palvella-local-'));
  return {
    settings: {},
    engine: await createLocalEngine(stateFolder),
    module: new URL('./engine-local-module.ts', import.meta.url),
    stateFolder,
    dispose: () => rm(stateFolder, { recursive: true, force: true }),
  };
});
