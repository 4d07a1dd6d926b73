import type { JobKey } from '../../core/keys.ts';
import { plugin } from '../../plugins/engine-kubernetes/index.ts';
import { engineSetting } from '../support/engine.ts';
import { kubectl, kubernetesForTests } from '../support/kubernetes.ts';

/** An Engine on the tests' own cluster. `pods`: names of a run's pods. */
export const kubernetesSetting = () =>
  engineSetting(plugin, async () => {
    const kubeconfig = await kubernetesForTests();
    process.env['KUBECONFIG'] = kubeconfig;
    return {
      kubeconfig,
      kubectl: (...args: string[]) => kubectl(kubeconfig, ...args),
      pods: ({ runId }: JobKey) =>
        kubectl(kubeconfig, 'get', 'pods', '-A', '-o', 'name', '-l', `palvella.dev/run=${runId}`),
    };
  });
