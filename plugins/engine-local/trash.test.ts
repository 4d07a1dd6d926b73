import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTrash } from './trash.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'palvella-trash-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function makeJob(name: string): string {
  const job = join(root, name);
  mkdirSync(join(job, 'work/locked'), { recursive: true });
  writeFileSync(join(job, 'work/locked/file'), 'x');
  chmodSync(join(job, 'work/locked'), 0o500);
  return job;
}

test('what it takes is gone from its place at once, and from the disk soon', async () => {
  const trash = createTrash(join(root, 'trash'));
  const jobs = ['a', 'b'].map(makeJob);
  for (const job of jobs) trash.take(job);
  expect(jobs.some((job) => existsSync(job))).toBe(false);
  expect(readdirSync(join(root, 'trash'))).toHaveLength(2);
  await expect.poll(() => readdirSync(join(root, 'trash')), { timeout: 10_000 }).toEqual([]);
});

test('what an earlier Worker left there goes, and what is not there is no fault', async () => {
  mkdirSync(join(root, 'trash/old/deep'), { recursive: true });
  const trash = createTrash(join(root, 'trash'));
  trash.take(join(root, 'nothing'));
  await trash.empty();
  expect(readdirSync(join(root, 'trash'))).toEqual([]);
});
