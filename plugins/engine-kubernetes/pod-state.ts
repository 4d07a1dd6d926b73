import type { V1ContainerStatus, V1Pod } from '@kubernetes/client-node';

/** How a container of a pod is doing, in words for people. */
export type PodState =
  | { kind: 'running' }
  /** It may still come up; `why` where there is something to tell, `doubtful` where that seldom helps itself. */
  | { kind: 'waiting'; why: string | undefined; doubtful: boolean }
  /** It will not come up, or is over. */
  | { kind: 'over'; why: string };

const imageReasons: Readonly<Record<string, string>> = {
  ErrImagePull: 'the image could not be pulled',
  ImagePullBackOff: 'the image could not be pulled',
  InvalidImageName: 'the image’s name is wrong',
  ErrImageNeverPull: 'the image is not on the node, and pull: never',
  RegistryUnavailable: 'the registry cannot be reached',
};
/** Kubernetes goes on trying; what registries say of names and logins will not change by that. */
const pullsAgain: ReadonlySet<string> = new Set(['ErrImagePull', 'ImagePullBackOff']);
const hopeless = /not found|unauthorized|denied|forbidden|does not exist|no basic auth/i;
const startReasons: ReadonlySet<string> = new Set([
  'CreateContainerConfigError',
  'CreateContainerError',
  'RunContainerError',
  'CreatePodSandboxError',
]);

export function podState(pod: V1Pod, container: string): PodState {
  const { status, metadata } = pod;
  const found = statusOf(pod, container);
  const over = (why: string): PodState => ({ kind: 'over', why });
  if (status?.reason === 'Evicted')
    return over(`The pod was evicted from its node: ${status.message ?? 'no reason is given'}`);
  if (status?.reason === 'NodeLost') return over('The node of the pod is lost.');
  if (status?.reason === 'DeadlineExceeded') return over('The pod took longer than its deadline.');
  const preempted = status?.conditions?.find(({ type, status: is }) => type === 'DisruptionTarget' && is === 'True');
  if (preempted !== undefined)
    return over(`The pod had to go: ${preempted.message ?? preempted.reason ?? 'disrupted'}`);
  if (found?.state?.terminated !== undefined) return over(endedText(found.state.terminated, found.image));
  if (metadata?.deletionTimestamp !== undefined) return over('The pod was deleted while it was needed.');
  if (status?.phase === 'Failed' || status?.phase === 'Succeeded')
    return over(`The pod ended: ${status.message ?? status.phase}`);
  if (found?.state?.running !== undefined) return { kind: 'running' };
  const { reason = '', message = '' } = found?.state?.waiting ?? {};
  const image = imageReasons[reason];
  if (image !== undefined) {
    const why = `The pod cannot start: ${image}: ${found?.image}. ${message}`.trim();
    return pullsAgain.has(reason) && !hopeless.test(message) ? { kind: 'waiting', why, doubtful: true } : over(why);
  }
  if (startReasons.has(reason)) return over(startText(message, found?.image ?? ''));
  return { kind: 'waiting', why: unschedulable(pod), doubtful: false };
}

export function statusOf({ status }: V1Pod, container: string): V1ContainerStatus | undefined {
  const all = [...(status?.containerStatuses ?? []), ...(status?.ephemeralContainerStatuses ?? [])];
  return all.find(({ name }) => name === container);
}

function endedText(
  { reason, exitCode, message }: { reason?: string; exitCode: number; message?: string },
  image: string,
): string {
  if (reason === 'OOMKilled') return 'The container was ended because it used more than its memory.';
  if (reason === 'StartError' || reason === 'ContainerCannotRun') return startText(message ?? '', image);
  return `The container ended with status ${exitCode}${reason === undefined ? '' : ` (${reason})`}.`;
}

function startText(message: string, image: string): string {
  if (/"sh"|executable file not found/.test(message)) {
    return `The image ${image} has no shell, so no command can run in it. Take an image that has sh.`;
  }
  return `The container cannot be started: ${message}`;
}

function unschedulable({ status }: V1Pod): string | undefined {
  const scheduled = status?.conditions?.find(({ type }) => type === 'PodScheduled');
  return scheduled?.status === 'False' && scheduled.reason === 'Unschedulable'
    ? `No node can take the pod yet: ${scheduled.message ?? 'no reason is given'}`
    : undefined;
}
