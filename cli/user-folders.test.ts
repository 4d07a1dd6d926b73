import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { compileCache } from './start/node-part.ts';
import { cacheFolder, homeFolder } from './user-folders.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'palvella-folders-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('only an absolute value counts', () => {
  expect(cacheFolder({ XDG_CACHE_HOME: '/cache', HOME: '/home/x' })).toBe('/cache/palvella');
  for (const relative of [undefined, '', '.', 'cache']) {
    expect(cacheFolder({ XDG_CACHE_HOME: relative, HOME: '/home/x' })).toBe('/home/x/.cache/palvella');
    expect(homeFolder({ HOME: relative })).toBe(userInfo().homedir);
  }
});

test.each(['', 'relative'])('compiled code is neither read from nor written to the current folder', (value) => {
  const home = join(folder, 'home');
  execFileSync(process.execPath, [...compileCache, '-e', ''], {
    cwd: folder,
    env: { HOME: home, XDG_CACHE_HOME: value },
  });
  expect(readdirSync(folder)).toEqual(['home']);
  expect(existsSync(join(home, '.cache/palvella/compiled'))).toBe(true);
});
