import { accessSync, constants, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { releaseLock, takeLock } from '../../workers/lock.ts';
import { CommandFailure } from '../failure.ts';

/** Layout of the data directory. A change that older code cannot read raises it. */
const format = 1;

export interface DataDirectory {
  path: string;
  /** Lets another start have it. */
  release(): void;
}

/** Makes the folder where it is missing and keeps it to this process. What is wrong is said in one line. */
export function openDataDirectory(folder: string): DataDirectory {
  const path = resolve(folder);
  makeWritable(path);
  const lock = join(path, 'lock');
  const holder = takeLock(lock);
  if (holder !== undefined) {
    throw new CommandFailure(
      2,
      `The data directory ${path} is in use by process ${holder.pid}. Stop that palvella start, or give another folder with --data-dir.`,
    );
  }
  try {
    checkFormat(path);
  } catch (error) {
    releaseLock(lock);
    throw error;
  }
  return { path, release: () => releaseLock(lock) };
}

function makeWritable(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? (cause as Error).message;
    throw new CommandFailure(
      2,
      `The data directory ${path} cannot be written (${reason}). Make it writable, or give another folder with --data-dir.`,
      cause,
    );
  }
}

function checkFormat(path: string): void {
  const stamp = join(path, 'format');
  if (!existsSync(stamp)) {
    writeFileSync(stamp, `${format}\n`);
    return;
  }
  const found = readFileSync(stamp, 'utf8').trim();
  if (found === String(format)) return;
  const newer = Number(found) > format;
  throw new CommandFailure(
    2,
    newer
      ? `The data directory ${path} was written by a newer Palvella (format ${found}, this one knows ${format}). Install that version, or give another folder with --data-dir.`
      : `The data directory ${path} is not one of Palvella's (format ${JSON.stringify(found)}). Give another folder with --data-dir.`,
  );
}
