import {
  closeSync,
  constants,
  ftruncateSync,
  openSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { identify, lives } from '../../workers/process-identity.ts';

const graceMs = 10_000;

/**
 * PostgreSQL leaves `postmaster.pid` behind when it is killed, and does not start where the process of that number
 * lives. In a container that was started again, that is often another program altogether.
 */
export async function clearTheWay(folder: string): Promise<void> {
  const file = join(folder, 'postmaster.pid');
  const lines = read(file);
  const pid = Math.abs(Number(lines?.[0]));
  if (lines === undefined || !(pid > 0) || identify(pid) === undefined) return;
  if (servesFrom(pid, folder)) await end(pid);
  else standInFor(file, lines);
}

/** The data directory is locked by us, so a server that uses it is one that we have lost sight of. */
async function end(pid: number): Promise<void> {
  const server = identify(pid);
  const deadline = Date.now() + graceMs;
  if (server !== undefined) process.kill(pid, 'SIGINT');
  while (server !== undefined && lives(server)) {
    if (Date.now() > deadline) process.kill(pid, 'SIGQUIT');
    await new Promise((done) => setTimeout(done, 50));
  }
}

/**
 * The file is not removed, as it also names the memory that processes of a killed server may still share, which
 * PostgreSQL checks. The number of its own parent it takes for a stale one.
 */
function standInFor(file: string, lines: readonly string[]): void {
  const opened = openSync(file, constants.O_RDWR | constants.O_NOFOLLOW);
  try {
    ftruncateSync(opened);
    writeSync(opened, [String(process.pid), ...lines.slice(1)].join('\n'));
  } finally {
    closeSync(opened);
  }
}

function servesFrom(pid: number, folder: string): boolean {
  try {
    return (
      readlinkSync(`/proc/${pid}/cwd`) === realpathSync(folder) &&
      readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('postgres')
    );
  } catch {
    return false;
  }
}

function read(file: string): string[] | undefined {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
