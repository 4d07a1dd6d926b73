import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { jobParts } from './layout.ts';

/** Makes folders of Jobs, some ahead: on a busy disk making them costs more than all else before a command. */
export interface JobRoots {
  /** Makes what is not there. */
  make(root: string): void;
  close(): void;
}

const mostReady = 8;
const refillMs = 100;

/** `folder` is this process's own, and empty. */
export function createJobRoots(folder: string): JobRoots {
  const ready: string[] = [];
  let timer: NodeJS.Timeout | undefined;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  refillSoon();

  function refillSoon(): void {
    timer ??= setTimeout(refill, refillMs).unref();
  }

  function refill(): void {
    timer = undefined;
    if (ready.length >= mostReady) return;
    const root = join(folder, randomUUID());
    try {
      makeAll(root);
    } catch {
      // A full disk: who needs a folder will say so.
      return;
    }
    ready.push(root);
    refillSoon();
  }

  function takeSpare(root: string): boolean {
    const spare = ready.pop();
    try {
      if (spare !== undefined) renameSync(spare, root);
      return spare !== undefined;
    } catch {
      // Somebody has tidied up.
      return false;
    }
  }

  return {
    make(root) {
      if (existsSync(root) || !takeSpare(root)) makeAll(root);
      refillSoon();
    },
    close() {
      clearTimeout(timer);
    },
  };
}

function makeAll(root: string): void {
  mkdirSync(join(root, jobParts.actions), { recursive: true, mode: 0o700 });
  for (const part of [jobParts.work, jobParts.home, jobParts.temporary]) {
    mkdirSync(join(root, part), { recursive: true });
  }
}
