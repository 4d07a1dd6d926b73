import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What `palvella start` makes once and uses again at each start. Holds secrets: readable by its owner only. */
export interface KeptState {
  /** Of the administrator on this machine, written to `connection.json`. */
  adminToken: string;
  workerToken: string;
  workerId: string;
}

export function keptState(dataDir: string): KeptState {
  const file = join(dataDir, 'start.json');
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as KeptState;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const made = { adminToken: newToken(), workerToken: newToken(), workerId: `local-${randomBytes(4).toString('hex')}` };
  writePrivate(file, made);
  return made;
}

/** Written whole or not at all, and never readable by others in between. */
export function writePrivate(file: string, content: unknown): void {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, file);
}

function newToken(): string {
  return `plv_${randomBytes(32).toString('base64url')}`;
}
