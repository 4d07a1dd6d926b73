import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EnginePlugin } from '../../core/contracts/plugin.ts';
import { createContainerEngine } from '../../engine-kit/containers/container-engine.ts';
import { connect, hasUsual } from './connection.ts';
import { createDockerHost } from './host.ts';
import { manifest, type Settings } from './manifest.ts';

const probeMs = 2_000;

export const plugin: EnginePlugin = {
  manifest,
  create({ stateFolder, workerId }) {
    const state = join(stateFolder, 'docker');
    return Promise.resolve(
      createContainerEngine<Settings>(createDockerHost(join(state, 'daemons'), workerId), state, manifest.settings),
    );
  },
  async probe() {
    try {
      if (!(await hasUsual())) return { available: false, found: 'no daemon is there' };
      const { docker, at } = await connect({});
      const version = await Promise.race([docker.version(), sleep(probeMs).then(() => undefined)]);
      if (version === undefined) return { available: false, found: `no answer from Docker at ${at}` };
      return { available: true, found: `Docker ${version.Version} at ${at}` };
    } catch (error) {
      return { available: false, found: error instanceof Error ? error.message : String(error) };
    }
  },
};
