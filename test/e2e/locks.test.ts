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

/** Runs of which the newest has the place; what each does is torn down. */
const torn = join(folder, 'torn');
const newest = `kind: Pipeline
name: newest
concurrency: { group: newest, when_full: cancel }
parameters: [{ name: run, type: number }, { name: seconds, type: number }]
jobs:
  - name: j
    engine: box
    actions:
      - run: echo "begin $RUN" >> "$LINES"; sleep "$SECONDS_LONG"
        environ:
          RUN: '\${{ pipeline.parameters.run }}'
          SECONDS_LONG: '\${{ pipeline.parameters.seconds }}'
          LINES: ${JSON.stringify(torn)}
---
{ kind: Engine, name: box, type: local, teardown: { job: down } }
---
kind: Job
name: down
actions: [{ run: 'sleep 1; echo torn >> "$LINES"', environ: { LINES: ${JSON.stringify(torn)} } }]
`;

beforeAll(async () => {
  writeFileSync(join(folder, 'locks.yaml'), [...pipelines, newest].join('---\n'));
  server = await startPalvella();
  expect(await server.cli('apply', '-f', join(folder, 'locks.yaml'))).toMatchObject({ status: 0 });
});
afterAll(async () => {
  await server?.stop();
  rmSync(server.dataDir, { recursive: true, force: true });
});

async function start(run: number, pipeline = `p${run % wants.length}`, more = {}): Promise<RunSummary> {
  const { token } = JSON.parse(readFileSync(join(server.dataDir, 'connection.json'), 'utf8')) as { token: string };
  const response = await fetch(`${server.url}/api/v1/pipelines/${pipeline}/runs`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ parameters: { run, ...more } }),
  });
  expect(response.status).toBe(201);
  return (await response.json()) as RunSummary;
}

/** Numbers of the runs that began, and of those that ended, in the order of either. */
function seen(word: 'begin' | 'end'): number[] {
  const text = existsSync(lines) ? readFileSync(lines, 'utf8') : '';
  return text.split('\n').flatMap((line) => (line.startsWith(`${word} `) ? [Number(line.slice(word.length))] : []));
}

async function killControl(): Promise<void> {
  const before = server.pid('control');
  process.kill(before, 'SIGKILL');
  await expect.poll(() => server.pid('control') === before, { timeout: 60_000 }).toBe(false);
}

test('100 runs that want two locks go in order, over two kills of the control worker', {
  timeout: 900_000,
}, async () => {
  const runs: RunSummary[] = [];
  for (let run = 0; run < many; run += 1) runs.push(await start(run));
  for (const after of [30, 60]) {
    await expect.poll(() => seen('end').length, { timeout: 600_000, interval: 20 }).toBeGreaterThan(after);
    await killControl();
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

test('a newer run that cancels begins after the teardown of the one before, over a kill of the control worker', {
  timeout: 300_000,
}, async () => {
  const text = () => (existsSync(torn) ? readFileSync(torn, 'utf8').trimEnd().split('\n') : []);
  const first = await start(1, 'newest', { seconds: 600 });
  await expect.poll(text, { timeout: 60_000 }).toEqual(['begin 1']);
  const { pipeline, number } = await start(2, 'newest', { seconds: 0 });
  await killControl();
  expect((await server.cli('wait', `${pipeline}/${number}`)).status).toBe(0);
  expect(text()).toEqual(['begin 1', 'torn', 'begin 2', 'torn']);
  const { stdout } = await server.cli('show', `${first.pipeline}/${first.number}`);
  expect(stdout).toContain(`It was stopped: its place in the group newest goes to newest #${number}, which is newer.`);
});
