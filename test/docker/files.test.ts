import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newJob } from '../contracts/engine-harness.ts';
import { dockerSetting } from './setting.ts';

const setting = dockerSetting();

test('imported files are those of the container’s user, as git wants it, whoever the Worker is', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'palvella-import-'));
  writeFileSync(join(folder, 'file'), 'content');
  for (const path of [folder, join(folder, 'file')]) chownSync(path, 1234, 1234);
  const job = newJob();
  const workspace = await setting().engine.prepare({ key: job, settings: { image: 'alpine:latest', pull: 'missing' } });
  await workspace.importFolder(folder, 'clone');
  rmSync(folder, { recursive: true });
  expect((await setting().run({}, "ls -ldn clone clone/file | awk '{ print $3 }'", job)).stdout).toBe('0\n0\n');
});
