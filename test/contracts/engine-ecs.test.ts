import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ecsForTests, mountedVolume } from '../support/ecs.ts';
import { engineContract } from './engine.ts';
import { create } from './engine-ecs-module.ts';

engineContract('ecs', async () => {
  const ecs = await ecsForTests();
  const stateFolder = await mkdtemp(join(tmpdir(), 'palvella-ecs-'));
  return {
    settings: {
      image: 'alpine:latest',
      subnets: ['subnet-1a'],
      execution_role: 'arn:aws:iam::123456789012:role/ecs',
      volume: { efs: mountedVolume },
    },
    engine: await create(stateFolder),
    module: new URL('./engine-ecs-module.ts', import.meta.url),
    stateFolder,
    async dispose() {
      await ecs.close();
      await rm(stateFolder, { recursive: true, force: true });
    },
  };
});
