import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunDetail, RunSummary } from '../core/api/objects.ts';
import { isFinal } from '../core/status.ts';

const root = join(import.meta.dirname, '..');

/** A Palvella of its own, started as people start it. */
export interface StartedServer {
  url: string;
  token: string;
  temporal: string;
  /** From the start of the command to the line that says it is ready, in seconds. */
  readySeconds: number;
  /** Process ids by part, the supervisor as `start`. */
  pids(): Record<string, number>;
  apply(content: string): Promise<void>;
  run(pipeline: string, parameters?: Record<string, unknown>): Promise<RunSummary>;
  /** Starts a run and waits until it has ended well. */
  complete(pipeline: string, parameters?: Record<string, unknown>): Promise<RunDetail>;
  wait(run: string): Promise<RunDetail>;
  read(run: string): Promise<RunDetail>;
  /** Stops a run and waits for its end. */
  stopRun(run: string): Promise<void>;
  /** Another Worker, with these options. */
  addWorker(args: readonly string[]): Promise<{ stop(): Promise<void> }>;
  log(run: string, job: string, action: string): Promise<Response>;
  stop(): Promise<void>;
}

export async function startServer(port: number): Promise<StartedServer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'palvella-bench-'));
  const began = performance.now();
  const child = spawn(
    process.execPath,
    [join(root, 'cli/bin.js'), 'start', '--data-dir', dataDir, '--port', String(port)],
    {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  await ready(child, 'Palvella is ready');
  const readySeconds = (performance.now() - began) / 1000;
  const left = JSON.parse(readFileSync(join(dataDir, 'connection.json'), 'utf8')) as Record<
    'url' | 'token' | 'temporal',
    string
  >;
  const { url, token, temporal } = left;

  const call = async (method: string, path: string, body?: unknown): Promise<Response> => {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response;
  };
  const run = async (pipeline: string, parameters = {}) =>
    (await (await call('POST', `/pipelines/${pipeline}/runs`, { parameters })).json()) as RunSummary;
  const wait = async (id: string): Promise<RunDetail> => {
    for (;;) {
      const detail = (await (await call('GET', `/runs/${id}/wait?timeout=30`)).json()) as RunDetail;
      if (isFinal(detail.status)) return detail;
    }
  };
  const read = async (id: string) => (await (await call('GET', `/runs/${id}`)).json()) as RunDetail;
  const addWorker = async (args: readonly string[]) => {
    const made = (await (await call('POST', '/tokens', { name: 'bench', kind: 'worker' })).json()) as { token: string };
    const folder = mkdtempSync(join(tmpdir(), 'palvella-bench-worker-'));
    const worker = spawn(process.execPath, [join(root, 'cli/bin.js'), 'worker', '--data-dir', folder, ...args], {
      cwd: root,
      env: { ...process.env, PALVELLA_URL: url, TEMPORAL_ADDRESS: temporal, PALVELLA_WORKER_TOKEN: made.token },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await ready(worker, '"ready":true');
    return {
      stop: async () => {
        worker.kill('SIGTERM');
        await once(worker, 'exit');
        rmSync(folder, { recursive: true, force: true });
      },
    };
  };
  return {
    url,
    token,
    temporal,
    readySeconds,
    pids: () => {
      const parts = JSON.parse(readFileSync(join(dataDir, 'processes.json'), 'utf8')) as {
        part: string;
        pid: number;
      }[];
      return { start: child.pid ?? 0, ...Object.fromEntries(parts.map(({ part, pid }) => [part, pid])) };
    },
    apply: async (content) => void (await call('POST', '/apply', { files: [{ name: 'bench.yaml', content }] })),
    run,
    wait,
    read,
    stopRun: async (id) => {
      await call('POST', `/runs/${id}/stop`);
      await wait(id);
    },
    addWorker,
    complete: async (pipeline, parameters = {}) => {
      const ended = await wait((await run(pipeline, parameters)).id);
      if (ended.status !== 'succeeded') throw new Error(`${pipeline} ${ended.status}: ${ended.reason}`);
      return ended;
    },
    log: (id, job, action) =>
      call('GET', `/runs/${id}/log.txt?job=${encodeURIComponent(job)}&action=${encodeURIComponent(action)}`),
    stop: async () => {
      child.kill('SIGTERM');
      await once(child, 'exit');
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

function ready(child: ChildProcess, said: string): Promise<void> {
  let printed = '';
  return new Promise((done, fail) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      printed = (printed + chunk.toString()).slice(-10_000);
      if (printed.includes(said)) done();
    });
    child.once('exit', (status) => fail(new Error(`it ended with ${status}:\n${printed}`)));
  });
}
