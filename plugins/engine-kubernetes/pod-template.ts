import { PalvellaError } from '../../core/errors.ts';
import type { Settings } from './manifest.ts';
import { mainContainer } from './names.ts';
import type { Container, Pod, PodSpec, SecurityContext } from './plain.ts';

type Allowed = NonNullable<Settings['allow']>[number];

/** What is ours in the pod and its main container, whatever a template says. */
const podIsOurs: ReadonlySet<string> = new Set([
  'restartPolicy',
  'serviceAccountName',
  'serviceAccount',
  'automountServiceAccountToken',
]);
const containerIsOurs: ReadonlySet<string> = new Set(['name', 'image', 'command', 'args', 'stdin', 'tty']);

/** The Job's pod with what the Engine's template adds, and nothing in it that its owner did not allow by name. */
export function mergeTemplate(settings: Settings, ours: Pod): Pod {
  const template = settings.pod_template as Pod | undefined;
  const pod = template === undefined ? ours : merged(template, ours);
  assertIsolated(settings, pod.spec as PodSpec);
  return pod;
}

function merged(template: Pod, ours: Pod): Pod {
  for (const name of Object.keys(template)) {
    if (!['apiVersion', 'kind', 'metadata', 'spec'].includes(name)) throw wrong(`it has no place for ${name}`);
  }
  const given = (template.spec ?? {}) as PodSpec;
  const spec = ours.spec as PodSpec;
  for (const name of Object.keys(given)) if (podIsOurs.has(name)) throw wrong(`spec.${name} is not for a template`);
  const containers = listOf<Container>(given.containers, 'spec.containers');
  const [main] = spec.containers as [Container];
  return {
    ...ours,
    metadata: {
      ...ours.metadata,
      labels: { ...template.metadata?.labels, ...ours.metadata?.labels },
      annotations: { ...template.metadata?.annotations, ...ours.metadata?.annotations },
    },
    spec: {
      ...given,
      ...spec,
      nodeSelector: { ...given.nodeSelector, ...spec.nodeSelector },
      tolerations: [...listOf(given.tolerations, 'spec.tolerations'), ...(spec.tolerations ?? [])],
      imagePullSecrets: [...listOf(given.imagePullSecrets, 'spec.imagePullSecrets'), ...(spec.imagePullSecrets ?? [])],
      volumes: [...listOf(given.volumes, 'spec.volumes'), ...(spec.volumes ?? [])],
      containers: [
        mergedMain(
          containers.find(({ name }) => name === mainContainer),
          main,
        ),
        ...containers.filter(({ name }) => name !== mainContainer),
      ],
    },
  } as Pod;
}

function mergedMain(template: Container | undefined, main: Container): Container {
  if (template === undefined) return main;
  for (const name of Object.keys(template)) {
    if (name !== 'name' && containerIsOurs.has(name)) throw wrong(`${name} of the container main is the Job’s`);
  }
  return {
    ...template,
    ...main,
    volumeMounts: [...listOf(template.volumeMounts, 'volumeMounts'), ...(main.volumeMounts ?? [])],
    resources: { ...template.resources, ...main.resources },
    securityContext: { ...template.securityContext, ...main.securityContext },
  };
}

function listOf<T>(value: T[] | undefined, place: string): T[] {
  if (value !== undefined && !Array.isArray(value)) throw wrong(`${place} is not a list`);
  return value ?? [];
}

/** Refuses what would let a Job out of its pod. */
function assertIsolated(settings: Settings, spec: PodSpec): void {
  const need = (what: Allowed, words: string) => {
    if (settings.allow?.includes(what)) return;
    throw new PalvellaError('engine_refused', `a pod may not have ${words} unless its Engine allows ${what}`, {
      remedy: `Whoever owns the Engine may write allow: [${what}] in it.`,
    });
  };
  if (spec.hostNetwork === true) need('host_network', 'the network of its node');
  if (spec.hostPID === true || spec.hostIPC === true) need('host_processes', 'the processes of its node');
  for (const { hostPath } of spec.volumes ?? []) {
    if (hostPath !== undefined) need('host_paths', `the path ${hostPath.path} of its node`);
  }
  for (const { securityContext, ports } of [...spec.containers, ...(spec.initContainers ?? [])]) {
    if (isPowerful(securityContext)) need('privileged', 'a privileged container');
    if (ports?.some(({ hostPort }) => hostPort !== undefined)) need('host_network', 'a port of its node');
  }
}

function isPowerful(context: SecurityContext | undefined): boolean {
  return (
    context?.privileged === true ||
    context?.allowPrivilegeEscalation === true ||
    (context?.capabilities?.add?.length ?? 0) > 0 ||
    context?.procMount === 'Unmasked'
  );
}

function wrong(message: string): PalvellaError {
  return new PalvellaError('engine_refused', `the Engine’s pod_template is wrong: ${message}`);
}
