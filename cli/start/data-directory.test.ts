import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CommandFailure } from '../failure.ts';
import { openDataDirectory } from './data-directory.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'palvella-data-'));
});
afterEach(() => {
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true });
});

function failure(act: () => unknown): CommandFailure {
  try {
    act();
  } catch (error) {
    if (error instanceof CommandFailure) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

test('is made where it is missing, and is free again once released', () => {
  const path = join(folder, 'deep/er');
  openDataDirectory(path).release();
  openDataDirectory(path).release();
});

test('in use: one line with the process and what to do, status 2', () => {
  const data = openDataDirectory(folder);
  const refused = failure(() => openDataDirectory(folder));
  expect(refused.exitStatus).toBe(2);
  expect(refused.message).toBe(
    `The data directory ${folder} is in use by process ${process.pid}. Stop that palvella start, or give another folder with --data-dir.`,
  );
  data.release();
});

test('not writable: a file stands in its place', () => {
  const path = join(folder, 'file');
  writeFileSync(path, '');
  expect(failure(() => openDataDirectory(path)).message).toMatch(/cannot be written \(EEXIST|ENOTDIR\)/);
});

test('of a newer version, or of something else: refused, and the lock is given back', () => {
  writeFileSync(join(folder, 'format'), '99\n');
  expect(failure(() => openDataDirectory(folder)).message).toContain('written by a newer Palvella (format 99');
  writeFileSync(join(folder, 'format'), 'photos\n');
  expect(failure(() => openDataDirectory(folder)).message).toContain('not one of Palvella');
  writeFileSync(join(folder, 'format'), '1\n');
  openDataDirectory(folder).release();
});
