import type { V1Pod } from '@kubernetes/client-node';
import type { Container } from '../../engine-kit/containers/container.ts';
import { statusOf as httpStatusOf, toFailure } from './api-error.ts';
import type { Cluster } from './cluster.ts';
import { execInPod } from './exec.ts';
import { podState, statusOf } from './pod-state.ts';

/** A running container of a pod as commands see it. */
export function podContainer(cluster: Cluster, pod: V1Pod, container: string): Container {
  const name = pod.metadata?.name ?? '';
  const namespace = pod.metadata?.namespace ?? '';
  const where = { namespace, pod: name, container };
  return {
    name: `${name}/${container}`,
    // Its uid: one that is made anew under the same name has lost them.
    volume: pod.metadata?.uid ?? name,
    exec: (argv, input) => execInPod(cluster, where, argv, input),
    async whyGone() {
      try {
        const state = podState(await cluster.api.readNamespacedPod({ name, namespace }), container);
        return state.kind === 'over' ? state.why : undefined;
      } catch (error) {
        if (httpStatusOf(error) === 404) return 'The pod was removed while the command ran.';
        throw toFailure(error, cluster.at);
      }
    },
    info: () =>
      Promise.resolve({
        pod: name,
        namespace,
        node: pod.spec?.nodeName ?? '',
        image: statusOf(pod, container)?.imageID ?? '',
      }),
  };
}
