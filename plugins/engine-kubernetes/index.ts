import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EnginePlugin } from '../../core/contracts/plugin.ts';
import { createContainerEngine } from '../../engine-kit/containers/container-engine.ts';
import { clusterSource, connect } from './cluster.ts';
import { createKubernetesHost } from './host.ts';
import { manifest, type Settings } from './manifest.ts';

const probeMs = 5_000;

export const plugin: EnginePlugin = {
  manifest,
  create({ stateFolder, workerId }) {
    const state = join(stateFolder, 'kubernetes');
    const host = createKubernetesHost(join(state, 'clusters'), workerId);
    return Promise.resolve(createContainerEngine<Settings>(host, state, manifest.settings));
  },
  async probe() {
    if (clusterSource() === undefined) return { available: false, found: 'no cluster is named' };
    try {
      const { api, namespace, at } = await connect();
      const asked = api.listNamespacedPod({ namespace, limit: 1 }).then(() => true);
      const answered = await Promise.race([asked, sleep(probeMs).then(() => false)]);
      if (!answered) return { available: false, found: `no answer from the cluster at ${at}` };
      return { available: true, found: `Kubernetes at ${at}, namespace ${namespace}` };
    } catch (error) {
      return { available: false, found: error instanceof Error ? error.message.slice(0, 500) : String(error) };
    }
  },
};
