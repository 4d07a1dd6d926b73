import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { constants, mkdirSync, openSync, rmSync, unlinkSync } from 'node:fs';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';

/**
 * Node gives a child socket pairs as its output, and a script cannot open those again by `/dev/stderr`. So a command
 * gets real pipes: named ones, made many at a time, whose names are gone as soon as both ends are open.
 */
export interface Pipes {
  /** `writeEnd` is a file descriptor for the child; close it here once the child has it. */
  take(): Promise<{ readEnd: Socket; writeEnd: number }>;
}

const batch = 128;
const low = 32;

export function createPipes(folder: string): Pipes {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const ready: string[] = [];
  let making: Promise<void> | undefined;

  function make(): Promise<void> {
    making ??= (async () => {
      const names = Array.from({ length: batch }, () => join(folder, randomUUID()));
      await promisify(execFile)('mkfifo', ['-m', '600', ...names]);
      ready.push(...names);
    })().finally(() => {
      making = undefined;
    });
    return making;
  }

  // A failure shows where a pipe is taken and there is none.
  make().catch(() => undefined);

  return {
    async take() {
      while (ready.length === 0) await make();
      const name = ready.pop() as string;
      if (ready.length < low) make().catch(() => undefined);
      const read = openSync(name, constants.O_RDONLY | constants.O_NONBLOCK);
      const writeEnd = openSync(name, constants.O_WRONLY);
      unlinkSync(name);
      return { readEnd: new Socket({ fd: read, readable: true, writable: false }), writeEnd };
    },
  };
}
