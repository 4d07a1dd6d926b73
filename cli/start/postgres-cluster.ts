import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { chown, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CommandFailure } from '../failure.ts';
import type { PostgresPrograms } from './postgres-programs.ts';

/**
 * Where a process is started, and what it is told about that. Another user may not be able to walk to the folder, as
 * the data directory is closed to others; but a process that already stands in a folder reaches it by this name.
 */
export function placeOf(folder: string, { user }: PostgresPrograms): { cwd: string; argument: string } {
  return { cwd: folder, argument: user !== undefined && existsSync('/proc/self/cwd') ? '/proc/self/cwd' : folder };
}

/** Files of another major version cannot be read, and are not touched. */
export function checkVersion(folder: string, major: number): void {
  if (!existsSync(folder)) return;
  const found = readFileSync(join(folder, 'PG_VERSION'), 'utf8').trim();
  if (found === String(major)) return;
  throw new CommandFailure(
    2,
    `${folder} is of PostgreSQL ${found}, and this Palvella brings ${major}. Move the data with pg_dump and pg_restore of PostgreSQL, or give another folder with --data-dir.`,
  );
}

/** Whole or not at all: one that was cut off is made anew, as nothing is in it yet. */
export async function makeCluster(
  programs: PostgresPrograms,
  folder: string,
  owner: { role: string; password: string },
): Promise<void> {
  if (existsSync(folder)) return;
  const draft = `${folder}.new`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { mode: 0o700 });
  const passwordFile = join(tmpdir(), `palvella-${randomBytes(16).toString('hex')}`);
  try {
    await writeFile(passwordFile, owner.password, { mode: 0o600, flag: 'wx' });
    if (programs.user !== undefined) {
      const { uid, gid } = programs.user;
      await Promise.all([draft, passwordFile].map((path) => chown(path, uid, gid)));
    }
    const { cwd, argument } = placeOf(draft, programs);
    const flags = ['-D', argument, `--username=${owner.role}`, `--pwfile=${passwordFile}`, ...initFlags];
    await promisify(execFile)(programs.initdb, flags, { cwd, env: { TZ: 'UTC' }, ...programs.user });
    await rename(draft, folder);
  } catch (error) {
    const { stderr = '', message } = error as Error & { stderr?: string };
    const reason = /error: (.+)/.exec(stderr)?.[1] ?? message;
    throw new CommandFailure(2, `PostgreSQL could not make its files in ${folder}: ${reason}`, error);
  } finally {
    await rm(passwordFile, { force: true });
  }
}

/** The same order of texts on every machine, and upper and lower case of every alphabet. */
const initFlags = [
  '--auth=scram-sha-256',
  '--encoding=UTF8',
  '--no-locale',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
];
