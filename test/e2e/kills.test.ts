import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { outcome, type PartName, type StartedPalvella, startPalvella, temporaryFolder } from './palvella.ts';

const lines = 60;
const folder = temporaryFolder();
let server: StartedPalvella;

/** Prints numbered lines for six seconds, and notes every start of its own in a file. */
const pipeline = `kind: Pipeline
name: counts
parameters: [{ name: starts, type: string }]
jobs:
  - name: count
    actions:
      - name: lines
        run: |
          echo started >> "$STARTS"
          i=1; while [ $i -le ${lines} ]; do echo "line $i"; i=$((i+1)); sleep 0.1; done
        environ: { STARTS: '\${{ pipeline.parameters.starts }}' }
  - name: after
    requires: [count]
    actions: [{ run: 'echo after' }]
`;

beforeAll(async () => {
  writeFileSync(join(folder, 'counts.yaml'), pipeline);
  server = await startPalvella();
  expect(await server.cli('apply', '-f', join(folder, 'counts.yaml'))).toMatchObject({ status: 0 });
});
afterAll(async () => {
  await server?.stop();
  rmSync(server.dataDir, { recursive: true, force: true });
});

const numbered = Array.from({ length: lines }, (_, at) => `line ${at + 1}`);

async function check(run: string, starts: string, followed: { status: number | null; stdout: string }): Promise<void> {
  expect(followed.status).toBe(0);
  expect(readFileSync(starts, 'utf8')).toBe('started\n');
  const log = await server.cli('logs', run, '--job', 'count', '--action', 'lines');
  expect(log.stdout.trimEnd().split('\n')).toEqual(numbered);
  const live = followed.stdout.split('\n').flatMap((line) => /^count +\| (line \d+)$/.exec(line)?.[1] ?? []);
  expect(live).toEqual(numbered);
}

test.each<PartName>(['engine', 'web', 'control', 'postgres', 'temporal'])(
  'kill -9 of %s while an Action prints: it runs once, and no line is lost or doubled',
  async (part) => {
    const starts = join(folder, part);
    const child = server.spawn('run', 'counts', '--follow', '-p', `starts=${starts}`);
    const ended = outcome(child);
    let printed = '';
    child.stdout?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    await expect.poll(() => printed, { timeout: 30_000 }).toContain('line 10');
    const run = /^(counts\/\d+)/.exec(printed)?.[1] as string;
    const before = server.pid(part);
    process.kill(before, 'SIGKILL');
    await check(run, starts, await ended);
    expect(server.pid(part)).not.toBe(before);
  },
);

test('a run in flight goes on after Ctrl-C and a second start', async () => {
  const starts = join(folder, 'restart');
  const run = await server.json<{ pipeline: string; number: number }>('run', 'counts', '-p', `starts=${starts}`);
  const name = `${run.pipeline}/${run.number}`;
  await expect.poll(async () => (await server.cli('logs', name)).stdout, { timeout: 30_000 }).toContain('line 10');
  expect(await server.stop()).toBe(0);
  server = await startPalvella({ dataDir: server.dataDir });
  expect((await server.cli('wait', name)).status).toBe(0);
  expect(readFileSync(starts, 'utf8')).toBe('started\n');
  const log = await server.cli('logs', name, '--job', 'count', '--action', 'lines');
  expect(log.stdout.trimEnd().split('\n')).toEqual(numbered);
});

test('a start that was itself killed leaves nothing in the way of the next, at the same address', async () => {
  const supervisor = Number(JSON.parse(readFileSync(join(server.dataDir, 'lock'), 'utf8')).pid);
  process.kill(supervisor, 'SIGKILL');
  server = await startPalvella({ dataDir: server.dataDir, port: Number(new URL(server.url).port) });
  expect(server.output()).toContain('left behind');
  expect((await server.json<unknown[]>('runs')).length).toBeGreaterThan(0);
});
