import { CoreV1Api, KubeConfig } from '@kubernetes/client-node';
import { kubernetesForTests } from '../../test/support/kubernetes.ts';
import { absolute, inTurn, type Measure, ratio, timed } from '../figure.ts';

const samples = 7;
const pods = 50;
const pollMs = 100;
const engine = `{ type: kubernetes, image: 'alpine:latest', pull: never }`;

const pipelines = `kind: Pipeline
name: bench-pod
jobs: [{ name: a, engine: ${engine}, actions: [{ run: echo hi }] }]
---
kind: Pipeline
name: bench-pods
parameters: [{ name: items, type: list }]
jobs:
  - { name: a, for_each: '\${{ pipeline.parameters.items }}', engine: ${engine}, actions: [{ run: echo hi }] }
`;

/** A Kubernetes Action beside a pod that is created and awaited through the API. */
const measure: Measure = async ({ server }) => {
  const kubeconfig = await kubernetesForTests();
  process.env['KUBECONFIG'] = kubeconfig;
  const config = new KubeConfig();
  config.loadFromFile(kubeconfig);
  const api = config.makeApiClient(CoreV1Api);
  await server.apply(pipelines);
  const worker = await server.addWorker(['--engine', 'kubernetes']);
  let count = 0;
  try {
    const one = await inTurn(
      samples,
      () => timed(() => server.complete('bench-pod')),
      () => timed(() => podToItsEnd(api, `bench-${(count += 1)}`)),
    );
    const seconds =
      (await timed(() => server.complete('bench-pods', { items: Array.from({ length: pods }, (_, at) => at) }))) / 1000;
    return [
      ratio('run of one Kubernetes Action, beside a pod by the API', 'ms', one.palvella, one.raw, 'at most', 1.3),
      absolute(`${pods} pods at once complete`, 's', seconds, 'at most', 120),
    ];
  } finally {
    await worker.stop();
  }
};
export default measure;

async function podToItsEnd(api: CoreV1Api, name: string): Promise<void> {
  const namespace = 'default';
  const command = ['sh', '-c', 'echo hi'];
  const containers = [{ name: 'main', image: 'alpine:latest', imagePullPolicy: 'Never', command }];
  await api.createNamespacedPod({
    namespace,
    body: { metadata: { name }, spec: { restartPolicy: 'Never', containers } },
  });
  for (;;) {
    const { status } = await api.readNamespacedPod({ name, namespace });
    if (status?.phase === 'Succeeded') break;
    if (status?.phase === 'Failed') throw new Error('the pod failed');
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
  await api.readNamespacedPodLog({ name, namespace });
  void api.deleteNamespacedPod({ name, namespace });
}
