import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createJobRoots, type JobRoots } from './job-roots.ts';

let folder: string;
let roots: JobRoots;
const spares = () => readdirSync(join(folder, 'spare'));
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'palvella-roots-'));
  mkdirSync(join(folder, 'jobs'));
  roots = createJobRoots(join(folder, 'spare'));
});
afterEach(() => {
  roots.close();
  rmSync(folder, { recursive: true, force: true });
});

function isWhole(root: string): boolean {
  return ['actions', 'work', 'home', 'tmp'].every((part) => existsSync(join(root, part)));
}

test('a folder is whole and its owner’s, whether made ahead or at once', async () => {
  const early = join(folder, 'jobs/early');
  roots.make(early);
  await expect.poll(() => spares().length, { timeout: 5_000 }).toBe(8);
  const late = join(folder, 'jobs/late');
  roots.make(late);
  expect(spares()).toHaveLength(7);
  for (const root of [early, late]) {
    expect(isWhole(root)).toBe(true);
    expect(statSync(root).mode & 0o777).toBe(0o700);
  }
});

test('one that is there keeps what is in it', async () => {
  await expect.poll(() => spares().length, { timeout: 5_000 }).toBeGreaterThan(0);
  const root = join(folder, 'jobs/old');
  roots.make(root);
  writeFileSync(join(root, 'work/file'), 'x');
  roots.make(root);
  expect(readdirSync(join(root, 'work'))).toEqual(['file']);
});

test('spares that somebody has taken away are no fault', async () => {
  await expect.poll(() => spares().length, { timeout: 5_000 }).toBeGreaterThan(0);
  for (const name of spares()) rmSync(join(folder, 'spare', name), { recursive: true });
  roots.make(join(folder, 'jobs/new'));
  expect(isWhole(join(folder, 'jobs/new'))).toBe(true);
});
