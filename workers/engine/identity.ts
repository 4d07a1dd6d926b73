import { randomUUID } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

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
