import { join } from 'node:path';
import { type ActionKey, actionKeyText, type JobKey, jobKeyText } from '../../core/keys.ts';
import { digest } from '../../engine-kit/output/layout.ts';

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
