import { createHash } from 'node:crypto';
import { closeSync, fdatasync, mkdirSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { type ActionKey, actionKeyText, type JobKey, jobKeyText } from '../../core/keys.ts';
import type { ActionResult } from '../types.ts';

/** How long a full disk is waited for before it is tried again. */
const fullDiskMs = 1_000;

type ActionRecord =
  | { state: 'new'; startedAt: string }
  /** An earlier try of the activity got at least as far as this. */
  | { state: 'started'; startedAt: string }
  | { state: 'ended'; result: ActionResult };

/**
 * What this Worker has begun and what came of it, in files, so that an activity that Temporal sends again, as after a
 * kill, gets the same result instead of a second execution. Kept until the API says that the Job is over. They are small
 * and on the Worker's own disk, so they are written at once: the thread pool would cost ten times as much.
 */
export interface Records {
  /** `durable`: on the disk before this resolves. */
  begin(key: ActionKey, durable: boolean): Promise<ActionRecord>;
  /** Waits for room on a full disk: what came of an Action could not be had again. */
  end(key: ActionKey, result: ActionResult): Promise<void>;
  jobs(): Promise<JobKey[]>;
  forget(job: JobKey): Promise<void>;
}

export function createRecords(stateFolder: string): Records {
  const root = join(stateFolder, 'records');
  const jobFolder = (job: JobKey) => join(root, digest(jobKeyText(job)));
  const file = (key: ActionKey, kind: 'started' | 'result') =>
    join(jobFolder(key), `${digest(actionKeyText(key))}.${kind}`);

  async function begin(key: ActionKey, durable: boolean): Promise<ActionRecord> {
    const startedAt = new Date().toISOString();
    const marker = openNew(key);
    if (marker === undefined) return await earlier(key, startedAt);
    try {
      writeFileSync(marker, startedAt);
      if (durable) await promisify(fdatasync)(marker);
    } finally {
      closeSync(marker);
    }
    return { state: 'new', startedAt };
  }

  /** Undefined where the marker is there already. */
  function openNew(key: ActionKey): number | undefined {
    try {
      return openSync(file(key, 'started'), 'wx', 0o600);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EEXIST') return undefined;
      if (code !== 'ENOENT') throw error;
    }
    mkdirSync(jobFolder(key), { recursive: true, mode: 0o700 });
    writeFileSync(join(jobFolder(key), 'job.json'), jobJson(key));
    return openNew(key);
  }

  async function earlier(key: ActionKey, now: string): Promise<ActionRecord> {
    const result = await read(file(key, 'result'));
    if (result !== undefined) return { state: 'ended', result: JSON.parse(result) as ActionResult };
    // A cut-off marker still says that there was a start.
    return { state: 'started', startedAt: (await read(file(key, 'started'))) || now };
  }

  return {
    begin,
    async end(key, result) {
      mkdirSync(jobFolder(key), { recursive: true, mode: 0o700 });
      await writeOnceRoom(file(key, 'result'), JSON.stringify(result));
    },
    async jobs() {
      const names = await readdir(root).catch(() => []);
      const found = await Promise.all(names.map((name) => read(join(root, name, 'job.json'))));
      return found.flatMap((text) => parseJob(text) ?? []);
    },
    async forget(job) {
      await rm(jobFolder(job), { recursive: true, force: true });
    },
  };
}

async function writeOnceRoom(path: string, text: string): Promise<void> {
  for (;;) {
    try {
      writeFileSync(`${path}.new`, text, { mode: 0o600 });
      renameSync(`${path}.new`, path);
      return;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'ENOSPC' && code !== 'EDQUOT') throw error;
      await sleep(fullDiskMs);
    }
  }
}

async function read(path: string): Promise<string | undefined> {
  return await readFile(path, 'utf8').catch(() => undefined);
}

/** Undefined where a power cut left it empty, or half of it. */
function parseJob(text = ''): JobKey | undefined {
  try {
    return JSON.parse(text) as JobKey;
  } catch {
    return undefined;
  }
}

function jobJson({ runId, jobPath, jobAttempt }: JobKey): string {
  return JSON.stringify({ runId, jobPath, jobAttempt } satisfies JobKey);
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
