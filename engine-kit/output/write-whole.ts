import { renameSync, writeFileSync } from 'node:fs';

/** Writes a small file that is there whole or as it was before, whenever the process is killed. */
export function writeWhole(path: string, text: string): void {
  writeFileSync(`${path}.new`, text, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}
