import { renameSync, writeFileSync } from 'node:fs';

/** How long a full disk is waited for before it is tried again. */
const fullDiskMs = 1_000;

/** Writes a small file that is there whole or as it was before, whenever the process is killed. */
export function writeWhole(path: string, content: string | Uint8Array): void {
  writeFileSync(`${path}.new`, content, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

/** As above, of what could not be had again: waits for room on a full disk. */
export async function writeWholeOnceRoom(path: string, content: string | Uint8Array): Promise<void> {
  for (;;) {
    try {
      writeWhole(path, content);
      return;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'ENOSPC' && code !== 'EDQUOT') throw error;
      await new Promise((resolve) => setTimeout(resolve, fullDiskMs));
    }
  }
}
