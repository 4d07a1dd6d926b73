import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, renameSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { removeTree } from '../../engine-kit/folder/remove-tree.ts';

/** Folders on their way out: away from their place at once, off the disk a little later, many by one command. */
export interface Trash {
  take(folder: string): void;
  /** Resolves when nothing is left. */
  empty(): Promise<void>;
}

const gatherMs = 500;
const mostAtOnce = 500;

export function createTrash(folder: string): Trash {
  let emptying: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;

  async function removeAll(): Promise<void> {
    for (;;) {
      const names = await readdir(folder).catch(() => []);
      const paths = names.slice(0, mostAtOnce).map((name) => join(folder, name));
      if (paths.length === 0) return;
      await promisify(execFile)('rm', ['-rf', '--', ...paths]).catch(async () => {
        for (const path of paths) await removeTree(path);
      });
    }
  }

  function empty(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    emptying ??= removeAll().finally(() => {
      emptying = undefined;
    });
    return emptying;
  }

  function emptySoon(): void {
    // What cannot be removed now is tried again with the next.
    timer ??= setTimeout(() => void empty().catch(() => undefined), gatherMs).unref();
  }

  mkdirSync(folder, { recursive: true, mode: 0o700 });
  emptySoon();
  return {
    take(from) {
      try {
        renameSync(from, join(folder, randomUUID()));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      }
      emptySoon();
    },
    empty,
  };
}
