import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dockerForTests } from '../support/docker.ts';
import { engineContract } from './engine.ts';
import { create } from './engine-docker-module.ts';

engineContract('docker', async () => {
  process.env['DOCKER_HOST'] = await dockerForTests();
  const stateFolder = await mkdtemp(join(tmpdir(), 'palvella-docker-'));
  return {
    settings: { image: 'alpine:latest', pull: 'never' },
    engine: await create(stateFolder),
    module: new URL('./engine-docker-module.ts', import.meta.url),
    stateFolder,
    dispose: () => rm(stateFolder, { recursive: true, force: true }),
  };
});
