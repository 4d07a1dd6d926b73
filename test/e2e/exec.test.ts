import { readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { outcome, palvella, spawnPalvella, temporaryFolder } from './palvella.ts';

const left = () => readdirSync(tmpdir()).filter((name) => name.startsWith('palvella-exec-'));

test('a file is run with nothing started before, and nothing is left behind', async () => {
  const cwd = temporaryFolder();
  const before = left();
  const hello = join(import.meta.dirname, '../../examples/hello.yaml');
  const { status, stdout } = await palvella(['exec', hello, '-p', 'whom=nobody'], {}, cwd);
  expect(status).toBe(0);
  expect(stdout).toContain('Hello, nobody.');
  expect(stdout).toContain('3: Hello, nobody.');
  expect(left()).toEqual(before);
  expect(readdirSync(cwd)).toEqual([]);
});

test('settings of another server are not heeded', async () => {
  const hello = join(import.meta.dirname, '../../examples/hello.yaml');
  const { status, stdout } = await palvella(['exec', hello], {
    PALVELLA_URL: 'http://127.0.0.1:1',
    PALVELLA_TOKEN: 'plv_x',
    DATABASE_URL: 'postgresql://127.0.0.1:1/none',
    TEMPORAL_ADDRESS: '127.0.0.1:1',
    TEMPORAL_NAMESPACE: 'other',
  });
  expect(stdout).toContain('Hello, world.');
  expect(status).toBe(0);
});

test('it ends as the run does, and refuses what is wrong', async () => {
  const folder = temporaryFolder();
  const file = (name: string, content: string) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const fails = file('fails.yaml', 'kind: Job\nname: fails\nactions: [{ run: exit 7 }]\n');
  const failed = await palvella(['exec', fails, '--json'], {}, folder);
  expect(failed.status).toBe(1);
  expect(JSON.parse(failed.stdout)).toMatchObject({ status: 'failed', jobs: [{ actions: [{ exitStatus: 7 }] }] });
  const wrong = await palvella(['exec', file('wrong.yaml', 'kind: Job\nname: 1\n')], {}, folder);
  expect(wrong).toMatchObject({ status: 2, stdout: '' });
  expect((await palvella(['exec', join(folder, 'missing.yaml')], {}, folder)).status).toBe(2);
});

test('what waits for a decision is decided from another shell, by the command that is printed', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'asks.yaml');
  writeFileSync(path, 'kind: Job\nname: asks\nactions: [{ approval: { prompt: Go on? } }]\n');
  const child = spawnPalvella(['exec', path], {}, folder);
  let printed = '';
  child.stdout?.on('data', (text) => (printed += String(text)));
  const command = () => /palvella (approve .+?) {3}/.exec(printed)?.[1];
  await expect.poll(command, { timeout: 90_000 }).toContain('--data-dir');
  expect(await palvella(command()?.split(' ') ?? [], {}, folder)).toMatchObject({ status: 0 });
  expect((await outcome(child)).status).toBe(0);
});
