import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunDetail, RunSummary, WorkerInfo } from '../../core/api/objects.ts';
import { runWorkflowId } from '../../core/keys.ts';
import { openTemporal } from '../../platform/temporal/client.ts';
import { outcome, type StartedPalvella, spawnPalvella, startPalvella, temporaryFolder } from './palvella.ts';

const folder = temporaryFolder();
const workers: ChildProcess[] = [];
let server: StartedPalvella;
let known: NodeJS.ProcessEnv;
let connection: Record<'url' | 'token' | 'temporal', string>;

const files = `kind: Pipeline
name: far
jobs: [{ name: a, runs_on: { x: 'y' }, actions: [{ run: 'echo here' }] }]
---
kind: Pipeline
name: held
jobs:
  - name: a
    runs_on: { x: 'y' }
    actions: [{ run: 'echo one' }, { name: hold, approval: { prompt: Go on? } }, { run: 'echo two' }]
---
kind: Pipeline
name: many
parameters:
  - { name: items, type: list }
  - { name: seconds, type: number, default: 0.3 }
  - { name: gate, type: string, default: / }
jobs:
  - name: each
    for_each: \${{ pipeline.parameters.items }}
    runs_on: { pool: shared }
    actions:
      - run: while [ ! -e "$GATE" ]; do sleep 0.1; done; sleep $SECONDS_EACH
        environ:
          SECONDS_EACH: '\${{ string(pipeline.parameters.seconds) }}'
          GATE: '\${{ pipeline.parameters.gate }}'
---
kind: Pipeline
name: one
jobs: [{ name: a, runs_on: { pool: shared }, actions: [{ run: 'true' }] }]
`;

/** With nothing but what it must know. */
async function startWorker(dataDir: string, ...args: string[]): Promise<ChildProcess> {
  const bin = join(import.meta.dirname, '../../cli/bin.js');
  const child = spawn(process.execPath, [bin, 'worker', '--data-dir', dataDir, ...args], {
    cwd: folder,
    env: known,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  workers.push(child);
  let printed = '';
  await new Promise<void>((ready, fail) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
      if (printed.includes('"ready":true')) ready();
    });
    child.once('exit', (status) => fail(new Error(`palvella worker ended with ${status}`)));
  });
  return child;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

async function read(run: RunSummary): Promise<RunDetail> {
  const { url, token } = connection;
  const response = await fetch(`${url}/api/v1/runs/${run.id}`, { headers: { authorization: `Bearer ${token}` } });
  return (await response.json()) as RunDetail;
}
const start = (...args: string[]) => server.json<RunSummary>('run', ...args);
const workerOf = async (label: string) =>
  (await server.json<WorkerInfo[]>('workers')).find(({ labels }) => labels[label] !== undefined) as WorkerInfo;

beforeAll(async () => {
  writeFileSync(join(folder, 'files.yaml'), files);
  server = await startPalvella();
  expect(await server.cli('apply', '-f', join(folder, 'files.yaml'))).toMatchObject({ status: 0 });
  const token = (await server.cli('token', 'create', 'far', '--kind', 'worker')).stdout.trim();
  connection = JSON.parse(readFileSync(join(server.dataDir, 'connection.json'), 'utf8')) as typeof connection;
  known = {
    PATH: process.env['PATH'],
    PALVELLA_URL: server.url,
    TEMPORAL_ADDRESS: connection.temporal,
    PALVELLA_WORKER_TOKEN: token,
  };
});
afterAll(async () => {
  await Promise.all(workers.map(end));
  await server?.stop();
  rmSync(server.dataDir, { recursive: true, force: true });
});

describe('a Worker on another machine', () => {
  const state = temporaryFolder();
  const args = ['--engine', 'local', '--label', 'x=y', '--capacity', '2'];

  test('a Job waits for it and says for what, runs on it, and nothing of it is a way to the database', async () => {
    const run = await start('far');
    await expect
      .poll(async () => (await server.cli('show', `far/${run.number}`)).stdout, { timeout: 20_000 })
      .toMatch(/No Worker has the label x=y; \d Workers? serves? local/);
    const child = await startWorker(state, ...args);
    expect((await server.cli('wait', `far/${run.number}`)).status).toBe(0);
    const worker = await workerOf('x');
    expect(worker).toMatchObject({ capacity: 2, state: 'alive', labels: { x: 'y' }, draining: false });
    expect(worker.engines.map(({ type }) => type).sort()).toEqual(['local', 'native']);
    expect(worker.serves).toContainEqual({ engine: 'local', requires: { x: 'y' } });
    const environment = readFileSync(`/proc/${child.pid}/environ`, 'utf8');
    expect(environment).not.toMatch(/DATABASE_URL|postgres/);
  });

  test('drained, also over a restart, it finishes what it has, and the next Job waits and says why', async () => {
    const held = await start('held');
    await expect.poll(async () => (await read(held)).status, { timeout: 20_000 }).toBe('waiting');
    const { id } = await workerOf('x');
    expect(await server.cli('workers', 'drain', id)).toMatchObject({ status: 0 });
    const other = server.spawn('run', 'far', '--follow');
    const told = outcome(other);
    let printed = '';
    other.stdout?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    await expect.poll(() => printed, { timeout: 20_000 }).toContain('The only Worker that could take it is draining');
    await end(workers[0] as ChildProcess);
    await expect.poll(() => printed, { timeout: 20_000 }).toContain('which could take it, is stopped');
    await startWorker(state, ...args);
    const next = await start('far');
    await expect
      .poll(async () => (await server.cli('show', `far/${next.number}`)).stdout, { timeout: 20_000 })
      .toContain('The only Worker that could take it is draining');
    expect(await workerOf('x')).toMatchObject({ id, draining: true, drained: false, jobs: [{ pipeline: 'held' }] });
    expect(await server.cli('approve', `held/${held.number}`)).toMatchObject({ status: 0 });
    expect((await server.cli('wait', `held/${held.number}`)).status).toBe(0);
    await expect.poll(async () => (await workerOf('x')).drained, { timeout: 20_000 }).toBe(true);
    expect((await read(next)).status).toBe('running');
    const followed = outcome(spawnPalvella(['wait', `far/${next.number}`, '--data-dir', server.dataDir]));
    await new Promise((done) => setTimeout(done, 4_000));
    expect(await server.cli('workers', 'resume', id)).toMatchObject({ status: 0 });
    expect((await told).status).toBe(0);
    expect(await followed).toMatchObject({ status: 0, stderr: expect.stringContaining('is draining') as unknown });
  });

  test('an Engine that its host has not ends it with 2 and what was found', async () => {
    const child = spawnPalvella(['worker', '--engine', 'dockr', '--data-dir', temporaryFolder()], known);
    const ended = await outcome(child);
    expect(ended.status).toBe(2);
    expect(ended.stderr).toContain('there is no type of Engine "dockr"');
  });
});

describe('a Worker that is full', () => {
  const begun = ({ jobs }: RunDetail) =>
    jobs.flatMap(({ actions }) => actions.flatMap(({ startedAt }) => startedAt ?? []));
  const many = (count: number, ...args: string[]) =>
    start('many', '-p', `items=${JSON.stringify(Array.from({ length: count }, (_, at) => at))}`, ...args);
  const waiting = async (run: RunSummary, count: number) =>
    expect
      .poll(async () => (await read(run)).jobs.filter(({ wait }) => wait?.kind === 'worker').length, {
        timeout: 30_000,
      })
      .toBeGreaterThanOrEqual(count);
  /**
   * How many of a run's 80 Jobs began after one that was asked for later: none where who comes first is served first. All
   * wait for that one, so that the machine's speed decides nothing.
   */
  async function overtaken(later: () => Promise<RunSummary>): Promise<number> {
    const gate = join(temporaryFolder(), 'gate');
    const run = await many(80, '-p', `gate=${gate}`);
    await waiting(run, 60);
    const by = await later();
    await waiting(by, 1);
    writeFileSync(gate, '');
    for (const { pipeline, number } of [by, run]) await server.cli('wait', `${pipeline}/${number}`);
    const [first = ''] = begun(await read(by));
    return begun(await read(run)).filter((at) => at > first).length;
  }

  beforeAll(async () => {
    await startWorker(temporaryFolder(), '--engine', 'local', '--label', 'pool=shared', '--capacity', '2');
  });

  test("serves Pipelines in turn: one's many Jobs do not hold up another's first", async () => {
    expect(await overtaken(() => start('one'))).toBeGreaterThan(60);
  });

  test('takes no more Jobs than it has places for', async () => {
    const run = await many(16, '-p', 'seconds=2');
    expect((await server.cli('wait', `many/${run.number}`)).status).toBe(0);
    const { client, close } = openTemporal({ address: connection.temporal, namespace: 'default' });
    const { events } = await client.workflow.getHandle(runWorkflowId('many', run.number)).fetchHistory();
    await close();
    const givenBack = (events ?? []).filter((event) => event.activityTaskFailedEventAttributes);
    expect(givenBack.length).toBeLessThan(4);
  });

  test('serves a higher priority first, also within a Pipeline', async () => {
    expect(await overtaken(() => many(1, '--priority', '1'))).toBeGreaterThan(60);
  });
});
