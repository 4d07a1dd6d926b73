import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kubernetesForTests } from '../support/kubernetes.ts';
import { engineContract } from './engine.ts';
import { create } from './engine-kubernetes-module.ts';

engineContract('kubernetes', async () => {
  process.env['KUBECONFIG'] = await kubernetesForTests();
  const stateFolder = await mkdtemp(join(tmpdir(), 'palvella-kubernetes-'));
  return {
    settings: { image: 'alpine:latest', pull: 'never' },
    engine: await create(stateFolder),
    module: new URL('./engine-kubernetes-module.ts', import.meta.url),
    stateFolder,
    dispose: () => rm(stateFolder, { recursive: true, force: true }),
  };
});
