import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type ActionKey, actionKeyText, type JobKey, jobKeyText } from '../../core/keys.ts';

/** Where a Job's files are, below the Worker's state folder. */
export interface JobFolders {
  root: string;
  /** The Job's workspace and where its commands begin. */
  work: string;
  home: string;
  temporary: string;
  /** Says whose this is. */
  keyFile: string;
}

/** Names of the folders in a Job's. */
export const jobParts = { actions: 'actions', work: 'work', home: 'home', temporary: 'tmp' } as const;

export function jobFolders(state: string, key: JobKey): JobFolders {
  const root = join(state, 'jobs', digest(jobKeyText(key)));
  return {
    root,
    work: join(root, jobParts.work),
    home: join(root, jobParts.home),
    temporary: join(root, jobParts.temporary),
    keyFile: join(root, 'job.json'),
  };
}

/** What is kept of one try of one Action: its output, its exit, and that it was started. */
export function actionFolder(state: string, key: ActionKey): string {
  return join(jobFolders(state, key).root, jobParts.actions, digest(actionKeyText(key)));
}

/** Written before the process is made: without it nothing was ever started. */
export const startedFile = 'started.json';
export const exitFile = 'exit.json';
export const namedOutputFile = 'output';

const segmentPrefix = 'out-';

/** Segments are named by the offset of their first byte, so that any offset is found without reading. */
export function segmentName(offset: number): string {
  return segmentPrefix + String(offset).padStart(16, '0');
}

/** Offsets of the segments among these file names, ascending. */
export function segmentOffsets(names: readonly string[]): number[] {
  return names
    .filter((name) => name.startsWith(segmentPrefix))
    .map((name) => Number(name.slice(segmentPrefix.length)))
    .sort((a, b) => a - b);
}

/** Names of Jobs may be long and hold any character, file names may not. */
function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
