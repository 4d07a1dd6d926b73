import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createJobEnd } from '../../activities/engine/job-end.ts';
import { createJobSessions } from '../../activities/engine/job-sessions.ts';
import { perform } from '../../activities/engine/perform.ts';
import type { EngineActivityDeps } from '../../activities/engine/ports.ts';
import { createRecords } from '../../activities/engine/records.ts';
import { createReporter } from '../../activities/engine/reporter.ts';
import { jobOf } from '../../activities/engine/run-action.ts';
import type { ActionTask } from '../../activities/types.ts';
import type { ActionPlugin } from '../../core/contracts/plugin.ts';
import { PalvellaError } from '../../core/errors.ts';
import { actionKeyText } from '../../core/keys.ts';
import { plugin as http } from '../../plugins/action-http/index.ts';
import { plugin as run } from '../../plugins/action-run/index.ts';
import { createLocalEngine } from '../../plugins/engine-local/engine.ts';
import { createApiClient } from '../../workers/engine/api-client.ts';
import { openLog } from '../../workers/engine/log-shipper.ts';
import { createMasker } from '../../workers/engine/masker.ts';
import { createDummyEngine, type DummyEngine } from '../contracts/engine-dummy.ts';
import { until } from '../contracts/engine-harness.ts';
import { taskOf } from './harness.ts';
import { WorkerApiServer } from './worker-api.ts';

const api = new WorkerApiServer();
const closing = new AbortController();
let stateFolder: string;
let engine: DummyEngine;
let deps: EngineActivityDeps;
const warnings: string[] = [];

beforeAll(async () => {
  await api.listen();
  stateFolder = await mkdtemp(join(tmpdir(), 'palvella-broken-'));
  engine = createDummyEngine(await createLocalEngine(stateFolder));
  deps = {
    workerId: 'me',
    stateFolder,
    plugins: {
      action: (type) => Promise.resolve((type === 'http' ? http : run) as unknown as ActionPlugin),
      engine: () => Promise.resolve(engine),
      engines: () => Promise.resolve([engine]),
    },
    api: createApiClient(api.url, api.token, closing.signal),
    openLog,
    createMasker,
    fetch: () => Promise.reject(new Error('no network')),
    setting: () => undefined,
    capacity: 1,
    stopping: new AbortController().signal,
    warn: (message) => warnings.push(message),
  };
});
afterAll(async () => {
  for (const job of await engine.held()) await engine.teardown(job);
  await engine.close();
  closing.abort();
  await api.close();
  await rm(stateFolder, { recursive: true, force: true, maxRetries: 5 });
});

function worker(given: Partial<EngineActivityDeps> = {}) {
  const ours = { ...deps, ...given };
  const records = createRecords(stateFolder);
  const sessions = createJobSessions(ours.api, ours.workerId);
  const reporter = createReporter(ours.warn);
  const jobEnd = createJobEnd({ deps: ours, records, sessions });
  return { deps: ours, records, sessions, reporter, jobEnd };
}

const printed = ({ key }: ActionTask) => api.logText(actionKeyText(key));

/** What the command waits for. */
async function goOn({ key }: ActionTask, file = 'go-on'): Promise<void> {
  const workspace = await engine.prepare({ key: jobOf(key), settings: {} });
  await workspace.write(file, Readable.from(['']));
}

describe('an Action on broken machinery', () => {
  test.each(['prepare', 'start'] as const)(
    'an Engine that fails to %s makes it err, with reason and remedy',
    async (method) => {
      engine.failNext(method, new PalvellaError('engine_failed', 'the daemon is away', { remedy: 'Start it.' }));
      const task = taskOf('echo never');
      const result = await perform(worker(), task, new AbortController());
      expect(result).toMatchObject({ status: 'errored', exitStatus: null, reason: 'The daemon is away. Start it.' });
    },
  );

  test('a secret in an error of the machinery is masked', async () => {
    api.secrets.set('key', 'hunter2222');
    engine.failNext('start', new Error('cannot run with hunter2222'));
    const task = taskOf('', {
      input: { command: 'x', environ: { K: '' } },
      inputCredentials: [{ at: ['environ', 'K'], name: 'key' }],
    });
    const result = await perform(worker(), task, new AbortController());
    expect(result.reason).toBe('Cannot run with ***.');
    expect(api.logText(actionKeyText(task.key), 'system')).toBe('Cannot run with ***.\n');
  });

  test('an input that its expressions made wrong is refused before anything starts', async () => {
    const before = engine.calls.length;
    const result = await perform(worker(), taskOf('', { input: { command: 7 } }), new AbortController());
    expect(result).toMatchObject({ status: 'errored', reason: expect.stringContaining('run.command') });
    expect(engine.calls.slice(before)).not.toContain('start');
  });

  test('a stop that fails is told to the operator, and the Action still ends with its command', async () => {
    engine.failNext('stop', new Error('no stop today'));
    const stop = new AbortController();
    const task = taskOf('echo ready; until [ -e go-on ]; do sleep 0.02; done');
    const working = perform(worker(), task, stop);
    await until(() => printed(task) === 'ready\n');
    stop.abort('stopped');
    await goOn(task);
    expect(await working).toMatchObject({ status: 'stopped' });
    expect(warnings).toContain('a command could not be stopped');
  });

  test('a Worker that stops while the API is away leaves its command running, and the next one finds it', async () => {
    const before = engine.calls.length;
    const stopping = new AbortController();
    const broken = new AbortController();
    const parts = worker({ stopping: stopping.signal, api: createApiClient(api.url, api.token, broken.signal) });
    const task = taskOf(
      'echo ready; until [ -e go-on ]; do sleep 0.02; done; until [ -e end ]; do echo more; sleep 0.02; done',
    );
    const working = perform(parts, task, new AbortController());
    await until(() => printed(task) === 'ready\n');
    api.away = true;
    await goOn(task);
    stopping.abort();
    broken.abort();
    await expect(working).rejects.toMatchObject({ code: 'worker_lost' });
    api.away = false;
    const next = perform(worker(), task, new AbortController());
    await goOn(task, 'end');
    expect(await next).toMatchObject({ status: 'succeeded', exitStatus: 0 });
    expect(printed(task)).toMatch(/^ready\n(more\n)+$/);
    expect(engine.calls.slice(before)).not.toContain('stop');
  });

  test('a token of the Job that is too old is had anew, whatever the clocks say, and only so often as it is needed', async () => {
    let claims = 0;
    const skewed = {
      ...deps.api,
      claim: async (...given: Parameters<typeof deps.api.claim>) => {
        claims += 1;
        return { ...(await deps.api.claim(...given)), expiresAt: new Date(0).toISOString() };
      },
    };
    const task = taskOf('echo fine');
    const parts = worker({ api: skewed });
    api.jobToken = 'first';
    await parts.sessions.open(task.key, new AbortController().signal);
    api.tooOld.add('first');
    api.jobToken = 'second';
    expect(await perform(parts, task, new AbortController())).toMatchObject({ status: 'succeeded' });
    expect(printed(task)).toBe('fine\n');
    await parts.sessions.open(task.key, new AbortController().signal);
    expect(claims).toBe(2);
  });

  test('an Action that runs no command and does not end when it is asked to is not waited for', async () => {
    const stop = new AbortController();
    const execute = () => {
      stop.abort('stopped');
      return new Promise<never>(() => undefined);
    };
    const stuck = { ...http, execute } as unknown as ActionPlugin;
    const plugins = { ...deps.plugins, action: () => Promise.resolve(stuck) };
    const task = taskOf('', { type: 'http', input: { url: 'https://example.com' } });
    expect(await perform(worker({ plugins }), task, stop)).toMatchObject({ status: 'stopped' });
  });

  test('an answer of the API that stops in its middle is not waited for', async () => {
    const silent = createServer((_, response) => void response.writeHead(200).write('be'));
    await new Promise<void>((done) => silent.listen(0, '127.0.0.1', done));
    const client = createApiClient(
      `http://127.0.0.1:${(silent.address() as AddressInfo).port}`,
      'x',
      closing.signal,
      100,
    );
    const content = await client.job(() => Promise.resolve('job')).getFile('key');
    await expect(buffer(content)).rejects.toMatchObject({ code: 'UND_ERR_BODY_TIMEOUT' });
    silent.closeAllConnections();
    silent.close();
  });

  test('a teardown that fails is told to the operator', async () => {
    engine.failNext('teardown', new Error('busy'));
    const { jobEnd } = worker();
    const task = taskOf('');
    jobEnd.teardownSoon(task.key, 'local');
    await jobEnd.settle();
    expect(warnings.at(-1)).toContain('was not left in order');
  });

  test('a native Action that may have happened is not executed again, an idempotent one is', async () => {
    for (const [idempotent, reason] of [
      [false, 'may have happened'],
      [true, 'no network'],
    ] as const) {
      const task = taskOf('', { type: 'http', input: { url: 'https://example.com' }, idempotent });
      // As a kill leaves it: begun, and no result.
      await createRecords(stateFolder).begin(task.key, true);
      const result = await perform(worker(), task, new AbortController());
      expect(result).toMatchObject({ status: 'errored', reason: expect.stringMatching(new RegExp(reason, 'i')) });
      expect(await perform(worker(), task, new AbortController())).toEqual(result);
    }
  });

  test('an earlier log is gone on with, not begun again', async () => {
    const task = taskOf('', { type: 'http', input: { url: 'https://example.com' }, idempotent: true });
    const key = actionKeyText(task.key);
    const parts = worker();
    await parts.records.begin(task.key, true);
    const { api: job } = await parts.sessions.open(task.key, new AbortController().signal);
    await job.putChunk(task.key, 0, 5, Buffer.alloc(0));
    await perform(parts, task, new AbortController());
    expect(api.logs.get(key)?.chunks.size).toBe(2);
  });
});
