import { realpath, stat } from 'node:fs/promises';
import { resolve, sep } from 'node:path';
import { PalvellaError } from '../../core/errors.ts';

/** What a path is once links are followed; undefined where there is nothing. */
export async function realFolder(path: string | undefined): Promise<string | undefined> {
  return path === undefined ? undefined : await realpath(path).catch(() => undefined);
}

/** The real path of a folder within the source root. Links may lead around in it, not out of it nor into `own`. */
export async function sourceFolder(root: string, path: string, own: string | undefined): Promise<string> {
  const real = await realFolder(resolve(root, path));
  const realRoot = await realFolder(root);
  if (real === undefined || realRoot === undefined || !isWithin(real, realRoot)) {
    throw refusal(`there is no folder ${path} in the source folder`);
  }
  if (own !== undefined && isWithin(real, own)) throw refusal(`${path} is of the server's own data`);
  if (!(await stat(real)).isDirectory()) throw refusal(`${path} is not a folder`);
  return real;
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder + sep);
}

function refusal(message: string): PalvellaError {
  return new PalvellaError('engine_refused', message, {
    remedy:
      'Name a folder below the one that palvella start was called in, or below PALVELLA_SOURCE_ROOT of the Worker.',
  });
}
