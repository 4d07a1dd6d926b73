import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { releaseLock, takeLock } from './lock.ts';
import { identify, lives } from './process-identity.ts';

let folder: string;
let lock: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'palvella-lock-'));
  lock = join(folder, 'lock');
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a living holder keeps it, and is named', () => {
  expect(takeLock(lock)).toBeUndefined();
  expect(takeLock(lock)?.pid).toBe(process.pid);
  releaseLock(lock);
  expect(takeLock(lock)).toBeUndefined();
});

test('a holder that died loses it', async () => {
  const child = spawn('sleep', ['60']);
  const holder = identify(child.pid as number);
  writeFileSync(lock, JSON.stringify(holder));
  expect(takeLock(lock)).toEqual(holder);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(takeLock(lock)).toBeUndefined();
});

test('another process with the number of a dead holder is not taken for it', () => {
  writeFileSync(lock, JSON.stringify({ pid: process.pid, began: 'long ago' }));
  expect(lives({ pid: process.pid, began: 'long ago' })).toBe(false);
  expect(takeLock(lock)).toBeUndefined();
});

test('a lock that was cut off in writing counts as dead, and nothing is left beside it', () => {
  writeFileSync(lock, '{"pid":');
  expect(takeLock(lock)).toBeUndefined();
  expect(readdirSync(folder)).toEqual(['lock']);
});
