import type { Tag } from '@aws-sdk/client-ecs';
import { type ActionKey, actionKeyText, type JobKey, jobKeyText } from '../../core/keys.ts';
import { digest } from '../../engine-kit/output/layout.ts';
import type { Settings } from './manifest.ts';

/** As many characters as the value of a tag may have. */
const longestTag = 256;
const jobTag = 'palvella:job';
export const clusterTag = 'palvella:cluster';

/** With what the families of all task definitions begin that a Worker makes. */
export function workerPrefix(workerId: string): string {
  return `palvella-${digest(workerId).slice(0, 16)}-`;
}

/** With what all that is made for a Job begins: families, streams of logs. */
export function jobPrefix(workerId: string, job: JobKey): string {
  return `${workerPrefix(workerId)}${digest(jobKeyText(job))}-`;
}

/** Actions that want the same task definition share it. */
export function familyName(workerId: string, job: JobKey, settings: Settings): string {
  const { shell: _, environ: __, start_timeout: ___, ...rest } = settings;
  return `${jobPrefix(workerId, job)}${digest(JSON.stringify(rest)).slice(0, 8)}`;
}

/** By which a task is found and, with a number of the try behind it, never started twice. */
export function taskName(key: ActionKey): string {
  return `palvella-${digest(actionKeyText(key))}`;
}

/** Of a Job on its volume. */
export function folderName(job: JobKey): string {
  return digest(jobKeyText(job));
}

/** In pieces, and with an = before the codes of characters that tags cannot have. */
export function jobTags(job: JobKey): Tag[] {
  const text = [job.runId, job.jobPath, String(job.jobAttempt)].map(escaped).join('@');
  const pieces = text.match(new RegExp(`.{1,${longestTag}}`, 'g')) ?? [];
  return pieces.map((value, index) => ({ key: index === 0 ? jobTag : `${jobTag}:${index}`, value }));
}

export function jobOfTags(tags: readonly Tag[]): JobKey | undefined {
  const pieces: string[] = [];
  for (let index = 0; ; index += 1) {
    const value = tagOf(tags, index === 0 ? jobTag : `${jobTag}:${index}`);
    if (value === undefined) break;
    pieces.push(value);
  }
  const [runId, jobPath, jobAttempt] = pieces.join('').split('@').map(plain);
  if (runId === undefined || jobPath === undefined || jobAttempt === undefined) return undefined;
  return { runId, jobPath, jobAttempt: Number(jobAttempt) };
}

export function tagOf(tags: readonly Tag[], key: string): string | undefined {
  return tags.find((tag) => tag.key === key)?.value;
}

export function clusterTags(cluster: string): Tag[] {
  return [{ key: clusterTag, value: cluster }];
}

function escaped(text: string): string {
  return encodeURIComponent(text)
    .replaceAll(/[!'()*~]/g, code)
    .replaceAll('%', '=');
}

function code(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

function plain(text: string): string {
  return decodeURIComponent(text.replaceAll('=', '%'));
}
