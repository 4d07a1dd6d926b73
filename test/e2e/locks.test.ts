import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { HoldInfo } from '../../core/api/holds.ts';
import type { RunSummary } from '../../core/api/objects.ts';
import { type StartedPalvella, startPalvella, temporaryFolder } from './palvella.ts';

const many = 100;
const folder = temporaryFolder();
const lines = join(folder, 'lines');
let server: StartedPalvella;

/** Every third run wants one lock, the next the other, the next both. Each notes when it begins and ends. */
const wants = ['[one]', '[other]', '[one, other]'];
const pipelines = wants.map(
  (locks, index) => `kind: Pipeline
name: p${index}
locks: ${locks}
jobs:
  - name: j
    actions:
      - run: |
          echo "begin $RUN" >> "$LINES"
          sleep 0.1
          echo "end $RUN" >> "$LINES"
        environ: { RUN: '\${{ pipeline.parameters.run }}', LINES: ${JSON.stringify(lines)} }
parameters: [{ name: run, type: number }]
`,
);

beforeAll(async () => {
  writeFileSync(join(folder, 'locks.yaml'), pipelines.join('---\n'));
  server = await startPalvella();
  expect(await server.cli('apply', '-f', join(folder, 'locks.yaml'))).toMatchObject({ status: 0 });
});
afterAll(async () => {
  await server?.stop();
  rmSync(server.dataDir, { recursive: true, force: true });
});

async function start(run: number): Promise<RunSummary> {
  const { token } = JSON.parse(readFileSync(join(server.dataDir, 'connection.json'), 'utf8')) as { token: string };
  const response = await fetch(`${server.url}/api/v1/pipelines/p${run % wants.length}/runs`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ parameters: { run } }),
  });
  expect(response.status).toBe(201);
  return (await response.json()) as RunSummary;
}

/** Numbers of the runs that began, and of those that ended, in the order of either. */
function seen(word: 'begin' | 'end'): number[] {
  const text = existsSync(lines) ? readFileSync(lines, 'utf8') : '';
  return text.split('\n').flatMap((line) => (line.startsWith(`${word} `) ? [Number(line.slice(word.length))] : []));
}

test('100 runs that want two locks go in order, over two kills of the control worker', {
  timeout: 900_000,
}, async () => {
  const runs: RunSummary[] = [];
  for (let run = 0; run < many; run += 1) runs.push(await start(run));
  for (const after of [30, 60]) {
    await expect.poll(() => seen('end').length, { timeout: 600_000, interval: 20 }).toBeGreaterThan(after);
    const before = server.pid('control');
    process.kill(before, 'SIGKILL');
    await expect.poll(() => server.pid('control') === before, { timeout: 60_000 }).toBe(false);
  }
  await expect.poll(() => seen('end').length, { timeout: 600_000, interval: 500 }).toBe(many);

  // Each ran once, no two had a lock at a time, and each lock went to those that wanted it in the order of their start.
  const all = readFileSync(lines, 'utf8').trimEnd().split('\n');
  for (const lock of ['one', 'other']) {
    const wanting = Array.from({ length: many }, (_, run) => run).filter((run) =>
      new RegExp(`\\b${lock}\\b`).test(wants[run % wants.length] as string),
    );
    const noted = all.filter((line) => wanting.includes(Number(line.split(' ')[1])));
    expect(noted).toEqual(wanting.flatMap((run) => [`begin ${run}`, `end ${run}`]));
  }
  expect(seen('begin')).toHaveLength(many);
  const last = runs.at(-1) as RunSummary;
  for (const { pipeline, number } of [last, runs[0] as RunSummary]) {
    expect((await server.cli('wait', `${pipeline}/${number}`)).status).toBe(0);
  }
  await expect.poll(async () => await server.json<HoldInfo[]>('locks'), { timeout: 30_000 }).toEqual([]);
});
