import { realpath, stat } from 'node:fs/promises';
import { resolve, sep } from 'node:path';
import { PalvellaError } from '../../core/errors.ts';

/** The real path of a folder within the source root. Links may lead around in it, not out of it. */
export async function sourceFolder(root: string, path: string): Promise<string> {
  const real = await realpath(resolve(root, path)).catch(() => undefined);
  const realRoot = await realpath(root).catch(() => undefined);
  if (real === undefined || realRoot === undefined || !(real === realRoot || real.startsWith(realRoot + sep))) {
    throw refusal(`there is no folder ${path} in the source folder`);
  }
  if (!(await stat(real)).isDirectory()) throw refusal(`${path} is not a folder`);
  return real;
}

function refusal(message: string): PalvellaError {
  return new PalvellaError('engine_refused', message, {
    remedy:
      'Name a folder below the one that palvella start was called in, or below PALVELLA_SOURCE_ROOT of the Worker.',
  });
}
