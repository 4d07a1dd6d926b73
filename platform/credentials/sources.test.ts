import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSources } from './sources.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'palvella-sources-'));
});
afterAll(() => rm(folder, { recursive: true }));

test('a variable is read where it was named, and no other', async () => {
  const sources = createSources({ PALVELLA_CREDENTIAL_SOURCES: 'A, EMPTY,UNSET', A: 'a', B: 'b', EMPTY: '' });
  expect(await sources.read({ from_environment: 'A' })).toBe('a');
  for (const name of ['B', 'EMPTY', 'UNSET', 'PALVELLA_CREDENTIAL_SOURCES', '', 'toString']) {
    await expect(sources.read({ from_environment: name })).rejects.toMatchObject({
      code: 'credential_unavailable',
      remedy: expect.any(String),
    });
  }
});

test('without the setting nothing is read', async () => {
  await expect(createSources({ A: 'a' }).read({ from_environment: 'A' })).rejects.toMatchObject({
    code: 'credential_unavailable',
  });
  await expect(createSources({}).read({ from_file: '/etc/hostname' })).rejects.toMatchObject({
    code: 'credential_unavailable',
  });
});

test('a file is read where its path was named: a password without its line end, a key with it', async () => {
  const path = (name: string) => join(folder, name);
  const files = {
    password: 'hunter2\n',
    windows: 'hunter2\r\n',
    bare: 'hunter2',
    key: '-----BEGIN\nabc\n',
    empty: '\n',
  };
  for (const [name, content] of Object.entries(files)) await writeFile(path(name), content);
  await writeFile(path('large'), Buffer.alloc(300_000, 'x'));
  const named = [...Object.keys(files), 'large', 'missing'].map(path).join(',');
  const sources = createSources({ PALVELLA_CREDENTIAL_SOURCES: named });
  const read = (name: string) => sources.read({ from_file: path(name) });
  expect(await Promise.all(['password', 'windows', 'bare'].map(read))).toEqual(['hunter2', 'hunter2', 'hunter2']);
  expect(await read('key')).toBe(files.key);
  for (const name of ['empty', 'large', 'missing']) {
    await expect(read(name)).rejects.toMatchObject({ code: 'credential_unavailable', remedy: expect.any(String) });
  }
  await writeFile(path('other'), 'x');
  for (const hostile of [path('other'), `${folder}/password/../other`, 'password', './password', `${folder}/`, '']) {
    await expect(sources.read({ from_file: hostile })).rejects.toMatchObject({ code: 'credential_unavailable' });
  }
});
