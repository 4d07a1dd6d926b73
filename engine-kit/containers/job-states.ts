import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type ActionKey, actionKeyText, type JobKey, jobKeyText } from '../../core/keys.ts';
import { digest } from '../output/layout.ts';
import { writeWhole } from '../output/write-whole.ts';

/** What an Engine keeps of its Jobs on the Worker: which they are, and what their commands printed. */
export interface JobStates {
  keep(job: JobKey): void;
  has(job: JobKey): boolean;
  held(): JobKey[];
  rootOf(job: JobKey): string;
  /** Folder of one try of one Action, in its Job's root. */
  folderOf(key: ActionKey): string;
  remove(job: JobKey): void;
}

const keyFile = 'job.json';

export function createJobStates(state: string): JobStates {
  const root = join(state, 'jobs');
  mkdirSync(root, { recursive: true, mode: 0o700 });
  const rootOf = (job: JobKey) => join(root, digest(jobKeyText(job)));

  return {
    keep({ runId, jobPath, jobAttempt }) {
      const job: JobKey = { runId, jobPath, jobAttempt };
      const folder = rootOf(job);
      if (existsSync(join(folder, keyFile))) return;
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      writeWhole(join(folder, keyFile), JSON.stringify(job));
    },
    has: (job) => existsSync(rootOf(job)),
    held() {
      const texts = readdirSync(root).map((name) => readText(join(root, name, keyFile)));
      return texts.filter((text) => text !== '').map((text) => JSON.parse(text) as JobKey);
    },
    rootOf,
    folderOf: (key) => join(rootOf(key), digest(actionKeyText(key))),
    remove(job) {
      rmSync(rootOf(job), { recursive: true, force: true });
    },
  };
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
