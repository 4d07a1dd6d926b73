import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';

/** A Unix socket's path may have about 104 bytes on some systems. */
const longest = 100;

/** Of no variable, as the supervisor knows none of the Worker's. */
const temporary = '/tmp';

/** The supervisor's socket in the state folder; where that path is too long, in a private folder for temporary files. */
export function socketPath(state: string): string {
  const near = join(state, 'supervisor.sock');
  if (Buffer.byteLength(near) <= longest) return near;
  const { uid } = userInfo();
  const folder = join(temporary, `palvella-${uid}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const found = lstatSync(folder);
  if (!found.isDirectory() || found.uid !== uid || (found.mode & 0o077) !== 0) {
    throw new Error(`${folder} is not a private folder of this user: remove it`);
  }
  return join(folder, `${createHash('sha256').update(state).digest('hex').slice(0, 32)}.sock`);
}
