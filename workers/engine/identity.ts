import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PalvellaError } from '../../core/errors.ts';
import { takeLock } from '../lock.ts';

/** A second Worker in the same folder would end the Jobs of the first, as none of its own. */
export function takeFolder(stateFolder: string): void {
  const holder = takeLock(join(stateFolder, 'lock'));
  if (holder === undefined) return;
  throw new PalvellaError(
    'invalid_request',
    `the folder ${stateFolder} is in use by the Worker of process ${holder.pid}. Stop that one, or give this one another folder with --data-dir.`,
  );
}

/**
 * From now on temporary files are this Worker's own: those that a kill left go with the next start, as one may be a key,
 * and large ones take no memory where /tmp is held in it.
 */
export async function ownTemporaryFiles(stateFolder: string): Promise<void> {
  const folder = join(stateFolder, 'tmp');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { mode: 0o700 });
  process.env['TMPDIR'] = folder;
}

/** The Worker's name, the same after each restart: its Jobs are bound to it. */
export async function workerIdentity(stateFolder: string, given: string | undefined): Promise<string> {
  await mkdir(stateFolder, { recursive: true, mode: 0o700 });
  if (given !== undefined) return given;
  const file = join(stateFolder, 'id');
  const kept = await readFile(file, 'utf8').catch(() => '');
  if (kept.trim() !== '') return kept.trim();
  const id = randomUUID();
  await writeFile(file, `${id}\n`);
  return id;
}
