import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EnginePlugin } from '../../core/contracts/plugin.ts';
import { createClouds, isRegionNamed } from './aws.ts';
import { createEcsEngine } from './engine.ts';
import { manifest } from './manifest.ts';

const probeMs = 5_000;

export const plugin: EnginePlugin = {
  manifest,
  create: ({ stateFolder, workerId }) => Promise.resolve(createEcsEngine(join(stateFolder, 'ecs'), workerId)),
  async probe() {
    if (!isRegionNamed()) return { available: false, found: 'no AWS region is named' };
    const clouds = createClouds();
    try {
      const { ecs, region } = await clouds.in();
      const asked = ecs.listTaskDefinitionFamilies({ maxResults: 1 }).then(() => true);
      const answered = await Promise.race([asked, sleep(probeMs).then(() => false)]);
      if (!answered) return { available: false, found: `no answer from AWS in ${region}` };
      return { available: true, found: `AWS ECS in ${region}` };
    } catch (error) {
      return { available: false, found: error instanceof Error ? error.message.slice(0, 500) : String(error) };
    } finally {
      clouds.close();
    }
  },
};
