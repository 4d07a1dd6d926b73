import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { identify, lives, type ProcessIdentity } from './process-identity.ts';

/** Undefined once this process has the lock, else who has it. A lock whose holder died is taken over. */
export function takeLock(file: string): ProcessIdentity | undefined {
  const own = identify(process.pid);
  if (own === undefined) throw new Error('this process cannot be identified');
  const mine = `${file}.${process.pid}`;
  writeFileSync(mine, JSON.stringify(own), { mode: 0o600 });
  try {
    // A link either appears with its whole content or not at all, unlike a file that is opened and then written.
    while (!linked(mine, file)) {
      const holder = readHolder(file);
      if (holder !== undefined && lives(holder)) return holder;
      setAside(file);
    }
    return undefined;
  } finally {
    rmSync(mine, { force: true });
  }
}

export function releaseLock(file: string): void {
  rmSync(file, { force: true });
}

function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function readHolder(file: string): ProcessIdentity | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ProcessIdentity;
  } catch {
    return undefined;
  }
}

/** Of several that see a dead holder only one can rename its lock; one that renamed a living holder's puts it back. */
function setAside(file: string): void {
  const aside = `${file}.dead.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  const holder = readHolder(aside);
  if (holder !== undefined && lives(holder)) linked(aside, file);
  rmSync(aside, { force: true });
}
