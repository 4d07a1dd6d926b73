import { kubectl, kubernetesForTests } from '../support/kubernetes.ts';
import { containersEndToEnd } from './containers.ts';

containersEndToEnd('kubernetes', {
  env: async () => ({ KUBECONFIG: await kubernetesForTests() }),
  left: async (runId) =>
    await kubectl(await kubernetesForTests(), 'get', 'pods', '-A', '-o', 'name', '-l', `palvella.dev/run=${runId}`),
});
