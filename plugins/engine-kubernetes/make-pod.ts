import { setTimeout as sleep } from 'node:timers/promises';
import type { V1Pod } from '@kubernetes/client-node';
import { PalvellaError } from '../../core/errors.ts';
import type { JobKey } from '../../core/keys.ts';
import { midSentence } from '../../core/sentence.ts';
import type { Container } from '../../engine-kit/containers/container.ts';
import { statusOf } from './api-error.ts';
import type { Cluster } from './cluster.ts';
import type { Settings } from './manifest.ts';
import { extraContainer, mainContainer, podName } from './names.ts';
import { podContainer } from './pod-container.ts';
import { keeperContainer, podSpec } from './pod-spec.ts';
import { podState } from './pod-state.ts';

const firstPollMs = 100;
const longestPollMs = 1_000;
/** After which people are told what a pod waits for. */
const tellMs = 2_000;
/** How long a pod is waited for that says something doubtful. */
const doubtMs = 40_000;

export interface PodParts {
  job: JobKey;
  settings: Settings;
  namespace: string;
  workerId: string;
  say(line: string): void;
  signal: AbortSignal;
}

/** The container for a Job's commands: that of its pod, or for another image one that is added to it. */
export async function makePod(cluster: Cluster, parts: PodParts): Promise<Container> {
  const { settings, namespace } = parts;
  const name = podName(parts.job, settings);
  let pod = await createOrRead(cluster, parts, name);
  const isMain = pod.spec?.containers.some((one) => one.name === mainContainer && one.image === settings.image);
  const container = isMain === true ? mainContainer : extraContainer(settings.image);
  if (!isMain) {
    pod = await untilRunning(cluster, parts, name, mainContainer);
    if (!pod.spec?.ephemeralContainers?.some((one) => one.name === container)) await addContainer();
  }
  return podContainer(cluster, await untilRunning(cluster, parts, name, container), container);

  /** Pods take only containers of this kind once they run; they see the same volume. */
  async function addContainer(): Promise<void> {
    const { PatchStrategy, setHeaderOptions } = await import('@kubernetes/client-node');
    await cluster.api.patchNamespacedPodEphemeralcontainers(
      { name, namespace, body: { spec: { ephemeralContainers: [keeperContainer(container, settings)] } } },
      setHeaderOptions('Content-Type', PatchStrategy.StrategicMergePatch),
    );
  }
}

async function createOrRead(cluster: Cluster, parts: PodParts, name: string): Promise<V1Pod> {
  const { job, settings, namespace, workerId } = parts;
  const body = podSpec(job, settings, name, namespace, workerId);
  try {
    return await cluster.api.createNamespacedPod({ namespace, body });
  } catch (error) {
    if (statusOf(error) !== 409) throw error;
  }
  const found = await cluster.api.readNamespacedPod({ name, namespace });
  if (podState(found, mainContainer).kind !== 'over') return found;
  // It has lost the Job's files with its processes, and its name is wanted.
  await cluster.api.deleteNamespacedPod({ name, namespace });
  throw new PalvellaError('engine_failed', 'the Job’s pod had ended');
}

async function untilRunning(cluster: Cluster, parts: PodParts, name: string, container: string): Promise<V1Pod> {
  const { settings, namespace, say, signal } = parts;
  const began = performance.now();
  let told: string | undefined;
  let doubted: number | undefined;
  for (let delay = firstPollMs; ; delay = Math.min(delay * 1.2, longestPollMs)) {
    const pod = await cluster.api.readNamespacedPod({ name, namespace });
    const state = podState(pod, container);
    if (state.kind === 'running') return pod;
    if (state.kind === 'over') throw new PalvellaError('engine_refused', midSentence(state.why));
    const waited = performance.now() - began;
    if (state.doubtful) doubted ??= waited;
    if (state.why !== undefined && doubted !== undefined && waited - doubted > doubtMs) {
      throw new PalvellaError('engine_refused', midSentence(state.why));
    }
    if (state.why !== undefined && state.why !== told && waited > tellMs) {
      told = state.why;
      say(told);
    }
    if (waited > settings.start_timeout * 1000) {
      throw new PalvellaError(
        'engine_refused',
        `the pod did not start within ${settings.start_timeout} s${told === undefined ? '' : `: ${midSentence(told)}`}`,
      );
    }
    await sleep(delay, undefined, { signal });
  }
}
