import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { plugin } from '../../plugins/engine-docker/index.ts';
import { actionOf, commandOf, finish, firstOutput, newJob, sleepsOf } from '../contracts/engine-harness.ts';
import { dockerSetting } from './setting.ts';

const setting = dockerSetting();
const run: ReturnType<typeof setting>['run'] = (...args) => setting().run(...args);
const settings = { image: 'alpine:latest', pull: 'missing' };

async function started(command: string, environ: Record<string, string> = {}) {
  const job = newJob();
  const key = actionOf(job);
  await setting().engine.prepare({ key: job, settings });
  return { job, key, running: await setting().engine.start(commandOf(key, command, environ)) };
}

test('a command that took its name out of its environment is stopped as well', async () => {
  const { key, running } = await started('echo ready; exec env -i PATH="$PATH" sleep 1000');
  await firstOutput(running);
  await setting().engine.stop(key, 300);
  const exit = await Promise.race([running.exit, new Promise((resolve) => setTimeout(resolve, 13_000, 'never'))]);
  expect(exit).toMatchObject({ status: null });
}, 30_000);

test.each([
  ['stops the shell that waits for it', 'kill -STOP $PPID; echo ready; exit 0'],
  ['puts a pipe where its end is written', 'mkfifo "${PALVELLA_OUTPUT%/*}/done"; echo ready; exit 0'],
  ['puts a pipe where a failure to start is written', 'mkfifo "${PALVELLA_OUTPUT%/*}/not"; echo ready; exit 0'],
])(
  'a command that %s still ends when it is stopped',
  async (_, command) => {
    const { key, running } = await started(command);
    await firstOutput(running);
    await setting().engine.stop(key, 300);
    const exit = await Promise.race([running.exit, new Promise((resolve) => setTimeout(resolve, 13_000, 'never'))]);
    expect(exit).not.toBe('never');
  },
  40_000,
);

test('variables of the same names as ours are the command’s alone', async () => {
  const { running } = await started('echo $D $M $s', { D: '/tmp', M: 'x', s: '9' });
  expect((await finish(running)).stdout).toBe('/tmp x 9\n');
  const job = newJob();
  await setting().engine.prepare({ key: job, settings: { ...settings, shell: ['absent'] } });
  const none = await setting().engine.start(commandOf(actionOf(job), 'true', { D: '/tmp' }));
  expect((await none.exit).broke).toContain('could not be started with absent');
});

test('two who attach at once read the same', async () => {
  const job = newJob();
  const key = actionOf(job);
  const module = new URL('../contracts/engine-docker-module.ts', import.meta.url);
  const stateFolder = mkdtempSync(join(tmpdir(), 'palvella-hostile-'));
  const command = commandOf(key, 'i=0; while [ $i -lt 60 ]; do i=$((i+1)); echo line $i; sleep 0.05; done; exit 7');
  const worker = fork(new URL('../contracts/engine-victim.ts', import.meta.url), [
    module.href,
    stateFolder,
    JSON.stringify({ job, settings, command }),
  ]);
  await once(worker, 'message');
  worker.kill('SIGKILL');
  const engine = await plugin.create({ stateFolder, workerId: 'contract' });
  try {
    const both = await Promise.all([engine.attach(key, 0), engine.attach(key, 0)]);
    const lines = Array.from({ length: 60 }, (_, i) => `line ${i + 1}\n`).join('');
    for (const running of both) {
      if (running === undefined) throw new Error('it was lost');
      expect(await finish(running)).toMatchObject({ stdout: lines, exit: { status: 7 } });
    }
  } finally {
    await engine.teardown(job);
    await engine.close();
    rmSync(stateFolder, { recursive: true });
  }
}, 60_000);

test('a command started twice for one key runs once', async () => {
  const { key, running } = await started('echo ran; sleep 1');
  const again = await setting().engine.start(commandOf(key, 'echo ran; sleep 1'));
  expect((await finish(running)).stdout).toBe('ran\n');
  expect((await finish(again)).stdout).toBe('ran\n');
});

test('a command that removes its folder and kills all processes is not run again', async () => {
  const job = newJob();
  const name = `data-${randomUUID()}`;
  const { exit } = await run(
    { volumes: [{ name, path: '/data' }] },
    'echo ran >> /data/ran; echo here; sleep 1; rm -rf /palvella/actions; kill -9 -1; sleep 10',
    job,
  );
  expect(exit.status).toBeNull();
  const seen = await run({ volumes: [{ name, path: '/data' }] }, 'wc -l < /data/ran', job);
  expect(seen.stdout.trim()).toBe('1');
  await setting().engine.teardown(job);
  await setting().docker('volume', 'rm', name);
  expect(sleepsOf(job.runId)).toBe(0);
}, 100_000);
