import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { plugin } from '../../plugins/engine-docker/index.ts';
import { actionOf, commandOf, finish, newJob } from '../contracts/engine-harness.ts';
import { dockerSetting } from './setting.ts';

const setting = dockerSetting();
const sockets = new Set<Socket>();
let away = false;
/** How often connections are still cut, each once so much of a command's output has come over one. */
let cutsLeft = 0;
const cutAfterBytes = 200;
let host = '';
const server = createServer({ allowHalfOpen: true }, (from) => {
  if (away) return void from.destroy();
  const to = connect({ path: setting().host.replace('unix://', ''), allowHalfOpen: true });
  for (const [one, other] of [
    [from, to],
    [to, from],
  ] as const) {
    sockets.add(one);
    one.pipe(other);
    one.on('error', () => undefined).on('close', () => other.destroy());
  }
  let came: number | undefined;
  to.on('data', (bytes: Buffer) => {
    if (came !== undefined) came += bytes.length;
    else if (bytes.includes('101 UPGRADED')) came = 0;
    if (came === undefined || came < cutAfterBytes || cutsLeft === 0) return;
    cutsLeft -= 1;
    setImmediate(cut);
  });
});
const cut = () => {
  for (const socket of sockets) socket.destroy();
  sockets.clear();
};
const settings = () => ({ image: 'alpine:latest', pull: 'missing', host });
const lines = (count: number) => Array.from({ length: count }, (_, i) => `line ${i + 1}\n`).join('');
const printing = (count: number) =>
  `i=0; while [ $i -lt ${count} ]; do i=$((i+1)); echo line $i; sleep 0.05; done; exit 7`;

beforeAll(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  host = `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  away = false;
  for (const job of await setting().engine.held()) await setting().engine.teardown(job);
  server.close();
  cut();
});

test('nothing is lost or doubled where the connection to the daemon breaks again and again', async () => {
  const job = newJob();
  await setting().engine.prepare({ key: job, settings: settings() });
  const running = await setting().engine.start(commandOf(actionOf(job), printing(100)));
  cutsLeft = 5;
  const done = await finish(running);
  expect(cutsLeft).toBe(0);
  expect(done.stdout).toBe(lines(100));
  expect(done.exit.status).toBe(7);
}, 60_000);

test('a Worker that comes back while the daemon is away waits for it, as the command goes on', async () => {
  const job = newJob();
  const key = actionOf(job);
  const stateFolder = mkdtempSync(join(tmpdir(), 'palvella-connection-'));
  const module = new URL('../contracts/engine-docker-module.ts', import.meta.url);
  const task = JSON.stringify({ job, settings: settings(), command: commandOf(key, printing(60)) });
  const worker = fork(new URL('../contracts/engine-victim.ts', import.meta.url), [module.href, stateFolder, task]);
  await once(worker, 'message');
  worker.kill('SIGKILL');
  away = true;
  cut();
  setTimeout(() => {
    away = false;
  }, 3_000);
  const engine = await plugin.create({ stateFolder, workerId: 'contract' });
  try {
    const running = await engine.attach(key, 0);
    if (running === undefined) throw new Error('it was lost');
    expect(await finish(running)).toMatchObject({ stdout: lines(60), exit: { status: 7 } });
  } finally {
    away = false;
    await engine.teardown(job);
    await engine.close();
    rmSync(stateFolder, { recursive: true });
  }
}, 60_000);

test('a teardown while the daemon is away waits for it', async () => {
  const job = newJob();
  await setting().engine.prepare({ key: job, settings: settings() });
  await finish(await setting().engine.start(commandOf(actionOf(job), 'true')));
  const containers = () => setting().docker('ps', '-aq', '--filter', `label=dev.palvella.run=${job.runId}`);
  expect(await containers()).not.toBe('');
  away = true;
  cut();
  setTimeout(() => {
    away = false;
  }, 1_500);
  await setting().engine.teardown(job);
  expect(await containers()).toBe('');
});
