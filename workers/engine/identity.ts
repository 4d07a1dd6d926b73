import { randomUUID } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
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
