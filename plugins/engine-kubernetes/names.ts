import { type JobKey, jobKeyText } from '../../core/keys.ts';
import { digest } from '../../engine-kit/output/layout.ts';
import type { Settings } from './manifest.ts';

const prefix = 'palvella.dev';

/** Values of labels are short, so they hold digests; what people and the reaper read stands in annotations. */
export function jobSelector(job: JobKey): string {
  return `${prefix}/job=${digest(jobKeyText(job))}`;
}

/** All pods that any Worker made. */
export const anyPod = `${prefix}/run`;

export function podLabels(job: JobKey, workerId: string): Record<string, string> {
  return {
    'app.kubernetes.io/managed-by': 'palvella',
    [anyPod]: job.runId,
    [`${prefix}/job`]: digest(jobKeyText(job)),
    [`${prefix}/worker`]: digest(workerId),
  };
}

export function podAnnotations({ jobPath, jobAttempt }: JobKey): Record<string, string> {
  return { [`${prefix}/path`]: jobPath, [`${prefix}/attempt`]: String(jobAttempt) };
}

interface Metadata {
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
}

export function isOwnPod({ labels }: Metadata, workerId: string): boolean {
  return labels?.[`${prefix}/worker`] === digest(workerId);
}

export function jobOfPod(metadata: Metadata): JobKey | undefined {
  const runId = metadata.labels?.[anyPod];
  const jobPath = metadata.annotations?.[`${prefix}/path`];
  const jobAttempt = Number(metadata.annotations?.[`${prefix}/attempt`]);
  if (runId === undefined || jobPath === undefined || !Number.isInteger(jobAttempt)) return undefined;
  return { runId, jobPath, jobAttempt };
}

/** Actions that ask for the same of Kubernetes but for the image share a pod. */
export function podName(job: JobKey, settings: Settings): string {
  const { image: _, shell: __, environ: ___, pull: ____, start_timeout: _____, ...rest } = settings;
  return `palvella-${digest(jobKeyText(job))}-${digest(JSON.stringify(rest)).slice(0, 8)}`;
}

export const mainContainer = 'main';

/** Of a container for an image that is not the pod's first. */
export function extraContainer(image: string): string {
  return `image-${digest(image).slice(0, 12)}`;
}
