import type { JobKey } from '../../core/keys.ts';
import { keeper, volumePath } from '../../engine-kit/containers/container.ts';
import type { Settings } from './manifest.ts';
import { mainContainer, podAnnotations, podLabels } from './names.ts';
import type { Container, Pod, Toleration } from './plain.ts';
import { mergeTemplate } from './pod-template.ts';

const volume = 'palvella-job';
const pullPolicies = { always: 'Always', missing: 'IfNotPresent', never: 'Never' } as const;

/** The pod of a Job: a container that waits for commands, and a volume that lasts as long as the pod. */
export function podSpec(job: JobKey, settings: Settings, name: string, namespace: string, workerId: string): Pod {
  const { labels, annotations, node_selector, tolerations, service_account, image_pull_secrets } = settings;
  const ours: Pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace,
      labels: { ...labels, ...podLabels(job, workerId) },
      annotations: { ...annotations, ...podAnnotations(job) },
    },
    spec: {
      restartPolicy: 'Never',
      terminationGracePeriodSeconds: 1,
      enableServiceLinks: false,
      automountServiceAccountToken: service_account !== undefined,
      ...(service_account && { serviceAccountName: service_account }),
      ...(node_selector && { nodeSelector: node_selector }),
      ...(tolerations && { tolerations: tolerations as Toleration[] }),
      ...(image_pull_secrets && { imagePullSecrets: image_pull_secrets.map((secret) => ({ name: secret })) }),
      containers: [{ ...keeperContainer(mainContainer, settings), ...resourcesOf(settings) }],
      volumes: [{ name: volume, emptyDir: {} }],
    },
  };
  return mergeTemplate(settings, ours);
}

/** Where commands of one image are executed. */
export function keeperContainer(name: string, settings: Settings): Container {
  const { user, allow = [] } = settings;
  const privileged = allow.includes('privileged');
  return {
    name,
    image: settings.image,
    imagePullPolicy: pullPolicies[settings.pull],
    command: ['sh', '-c', keeper],
    volumeMounts: [{ name: volume, mountPath: volumePath }],
    securityContext: {
      allowPrivilegeEscalation: privileged,
      ...(privileged && { privileged }),
      ...(user !== undefined && { runAsUser: user }),
    },
  };
}

function resourcesOf({ resources }: Settings): Pick<Container, 'resources'> {
  if (resources === undefined) return {};
  const amounts = (given: Record<string, string | number> | undefined) =>
    given && Object.fromEntries(Object.entries(given).map(([name, amount]) => [name, String(amount)]));
  const requests = amounts(resources.requests);
  const limits = amounts(resources.limits);
  return { resources: { ...(requests && { requests }), ...(limits && { limits }) } };
}
