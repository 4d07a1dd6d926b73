import { type JobKey, jobKeyText } from '../../core/keys.ts';
import { digest } from '../../engine-kit/output/layout.ts';
import type { Settings } from './manifest.ts';

const prefix = 'dev.palvella';
export const workerLabel = `${prefix}.worker`;
export const runLabel = `${prefix}.run`;

/** On all that is made for a Job, by which it is found and removed. */
export function jobLabels({ runId, jobPath, jobAttempt }: JobKey): Record<string, string> {
  return { [runLabel]: runId, [`${prefix}.job`]: jobPath, [`${prefix}.attempt`]: String(jobAttempt) };
}

export function jobOfLabels(labels: Readonly<Record<string, string>>): JobKey | undefined {
  const runId = labels[runLabel];
  const jobPath = labels[`${prefix}.job`];
  const jobAttempt = Number(labels[`${prefix}.attempt`]);
  if (runId === undefined || jobPath === undefined || !Number.isInteger(jobAttempt)) return undefined;
  return { runId, jobPath, jobAttempt };
}

/** Name of the Job's volume and network, and the beginning of its containers'. */
export function jobName(job: JobKey): string {
  return `palvella-${digest(jobKeyText(job))}`;
}

/** Whether a volume or network of this name is some Job's. */
export function isJobName(name: string): boolean {
  return /^palvella-[0-9a-f]{32}$/.test(name);
}

/** An image may have our labels too, and containers of others then inherit them: the names of the Job's own tell. */
export function isOfJob(job: JobKey, names: readonly string[]): boolean {
  return names.some((name) => name.startsWith(`/${jobName(job)}-`));
}

/** Actions that want the same container share it. */
export function containerName(job: JobKey, settings: Settings): string {
  // What makes no difference to the container, or is secret and makes none.
  const { shell: _, environ: __, login: ___, pull: ____, ...rest } = settings;
  return `${jobName(job)}-${digest(JSON.stringify(rest)).slice(0, 12)}`;
}
