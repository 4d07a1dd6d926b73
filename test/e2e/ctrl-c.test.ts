import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { freePort, temporaryFolder } from './palvella.ts';

const root = join(import.meta.dirname, '../..');
const dataDir = temporaryFolder();
let leader: ChildProcess | undefined;
afterEach(() => {
  if (leader !== undefined && lives(-(leader.pid as number))) process.kill(-(leader.pid as number), 'SIGKILL');
});

/** Leads a process group of its own, as what a shell starts in a terminal does. */
function start(
  command: readonly string[],
  env: NodeJS.ProcessEnv = {},
): { unread(): void; group: number; printed(): string; ended: Promise<unknown> } {
  const [file = '', ...args] = command;
  const child = spawn(file, args, {
    cwd: root,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  leader = child;
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return {
    group: child.pid as number,
    unread: () => void child.stdout.destroy(),
    printed: () => text,
    ended: once(child, 'close'),
  };
}

/** bin.js as a Node before 24 runs it: one of this machine, else one that says that it is old. */
function onOldNode(): string[] {
  const found = execFileSync('sh', ['-c', 'IFS=:; for at in $PATH; do ls "$at/node" 2>/dev/null; done; true'], {
    encoding: 'utf8',
  });
  const versionOf = (node: string) => execFileSync(node, ['-p', 'process.versions.node'], { encoding: 'utf8' });
  const old = found.split('\n').find((node) => node !== '' && Number.parseInt(versionOf(node), 10) < 24);
  const says = 'Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.0.0" } })';
  const node = old === undefined ? [process.execPath, '--import', `data:text/javascript,${says}`] : [old];
  return [...node, 'cli/bin.js'];
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function partsOf(folder: string): { part: string; pid: number }[] {
  return JSON.parse(readFileSync(join(folder, 'processes.json'), 'utf8')) as { part: string; pid: number }[];
}

async function expectNothingLeft(group: number, parts: readonly { part: string; pid: number }[]): Promise<void> {
  await expect.poll(() => lives(-group)).toBe(false);
  expect(parts.filter(({ pid }) => lives(pid))).toEqual([]);
}

test.each([
  { how: 'Ctrl-C on an old Node', command: [...onOldNode(), 'start'], signal: 'SIGINT', alone: false },
  { how: 'Ctrl-C of npm start', command: ['npm', 'start', '--'], signal: 'SIGINT', alone: false },
  { how: 'the end of the terminal', command: [...onOldNode(), 'start'], signal: 'SIGHUP', alone: false },
  { how: 'SIGTERM to the old Node alone', command: [...onOldNode(), 'start'], signal: 'SIGTERM', alone: true },
] as const)('$how stops all in order', async ({ command, signal, alone }) => {
  const options = ['--data-dir', dataDir, '--port', String(await freePort())];
  const { group, printed, ended } = start([...command, ...options]);
  await expect.poll(printed, { timeout: 120_000 }).toContain('Ctrl-C stops everything');
  const parts = partsOf(dataDir);
  expect(parts.map(({ part }) => part).sort()).toEqual(['control', 'engine', 'postgres', 'temporal', 'web']);
  process.kill(alone ? group : -group, signal);
  // Who passes it on may be late, which cannot be waited for: the kernel makes one of two that come at the same time.
  await sleep(100);
  process.kill(alone ? group : -group, signal);
  await ended;
  expect(printed()).toMatch(/stopping …\n[^]*stopped\n/);
  await expectNothingLeft(group, parts);
  expect(existsSync(join(dataDir, 'lock'))).toBe(false);
});

test('Ctrl-C of exec on an old Node leaves nothing running and no folder', async () => {
  const folder = temporaryFolder();
  // PostgreSQL's user must be able to walk through it.
  chmodSync(folder, 0o755);
  const file = join(folder, 'sleeps.yaml');
  writeFileSync(file, 'kind: Job\nname: sleeps\nactions: [{ run: echo began; sleep 600 }]\n');
  const { group, printed, ended } = start([...onOldNode(), 'exec', file], { TMPDIR: folder });
  await expect.poll(printed, { timeout: 120_000 }).toContain('| began');
  const [own = ''] = readdirSync(folder).filter((name) => name.startsWith('palvella-exec-'));
  const parts = partsOf(join(folder, own));
  expect(parts).toHaveLength(5);
  process.kill(-group, 'SIGINT');
  await ended;
  expect(printed()).toContain('stopped');
  await expectNothingLeft(group, parts);
  expect(readdirSync(folder)).toEqual(['sleeps.yaml']);
});

test('a start whose output nobody reads any more stops in order all the same', async () => {
  const options = ['--data-dir', dataDir, '--port', String(await freePort())];
  const { group, printed, unread, ended } = start([process.execPath, 'cli/bin.js', 'start', ...options]);
  await expect.poll(printed, { timeout: 120_000 }).toContain('Ctrl-C stops everything');
  const parts = partsOf(dataDir);
  unread();
  process.kill(-group, 'SIGINT');
  expect(await ended).toEqual([0, null]);
  await expectNothingLeft(group, parts);
});

test('exec ends in order once nobody reads on', async () => {
  const folder = temporaryFolder();
  chmodSync(folder, 0o755);
  const file = join(folder, 'prints.yaml');
  writeFileSync(file, 'kind: Job\nname: prints\nactions: [{ run: "echo began; sleep 2; echo more; sleep 600" }]\n');
  const { group, printed, unread, ended } = start([process.execPath, 'cli/bin.js', 'exec', file], { TMPDIR: folder });
  await expect.poll(printed, { timeout: 120_000 }).toContain('| began');
  const [own = ''] = readdirSync(folder).filter((name) => name.startsWith('palvella-exec-'));
  const parts = partsOf(join(folder, own));
  unread();
  await ended;
  await expectNothingLeft(group, parts);
  expect(readdirSync(folder)).toEqual(['prints.yaml']);
});

test('Ctrl-C of exec between the server being ready and the run is not lost', async () => {
  const folder = temporaryFolder();
  chmodSync(folder, 0o755);
  const file = join(folder, 'sleeps.yaml');
  writeFileSync(file, 'kind: Job\nname: sleeps\nactions: [{ run: sleep 600 }]\n');
  const { group, ended } = start([process.execPath, 'cli/bin.js', 'exec', file], { TMPDIR: folder });
  const isReady = () => {
    const own = readdirSync(folder).find((name) => name.startsWith('palvella-exec-'));
    return own !== undefined && existsSync(join(folder, own, 'connection.json'));
  };
  // Written last of all before it is ready.
  await expect.poll(isReady, { timeout: 120_000, interval: 1 }).toBe(true);
  process.kill(-group, 'SIGINT');
  expect(await ended).toEqual([1, null]);
  await expectNothingLeft(group, []);
  expect(readdirSync(folder)).toEqual(['sleeps.yaml']);
});
