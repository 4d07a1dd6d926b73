import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Client, Connection, type WorkflowHandle } from '@temporalio/client';
import { bundleWorkflowCode, NativeConnection, Worker } from '@temporalio/worker';
import type { ActionResult, ActionTask } from '../../activities/types.ts';
import { dataConverter } from '../../platform/temporal/data-converter.ts';
import { WorkerApiServer } from './worker-api.ts';
import type { oneAction } from './workflows.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** An engine Worker's process with a real Temporal server, and the API in this process. */
export interface Setting {
  api: WorkerApiServer;
  stateFolder: string;
  workerId: string;
  startWorker(environment?: Record<string, string>): Promise<ChildProcess>;
  start(task: ActionTask, queue?: string): Promise<WorkflowHandle<typeof oneAction>>;
  run(task: ActionTask, queue?: string): Promise<ActionResult>;
  dispose(): Promise<void>;
}

export async function createSetting(): Promise<Setting> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'palvella-worker-'));
  const api = await new WorkerApiServer().listen();
  const address = `127.0.0.1:${await freePort()}`;
  const temporal = startTemporal(address);
  const connection = await connect(address);
  const native = await NativeConnection.connect({ address });
  const client = new Client({ connection, dataConverter });
  const workflowBundle = await bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('./workflows.ts', import.meta.url)),
  });
  const workflows = await Worker.create({ connection: native, taskQueue: 'test', workflowBundle, dataConverter });
  const over = workflows.run();
  const workerId = randomUUID();
  const children: ChildProcess[] = [];

  async function start(task: ActionTask, queue = `engine/${task.engine.type}`) {
    return await client.workflow.start<typeof oneAction>('oneAction', {
      taskQueue: 'test',
      workflowId: randomUUID(),
      args: [task, queue, workerId],
    });
  }

  return {
    api,
    workerId,
    stateFolder: join(dataFolder, 'worker'),
    async startWorker(environment = {}) {
      const child = spawn(process.execPath, [join(root, 'workers/engine.ts')], {
        cwd: dataFolder,
        stdio: ['ignore', 'pipe', 'inherit'],
        env: {
          PATH: process.env['PATH'],
          PALVELLA_URL: api.url,
          PALVELLA_WORKER_TOKEN: api.token,
          PALVELLA_WORKER_ID: workerId,
          PALVELLA_DATA_DIR: dataFolder,
          TEMPORAL_ADDRESS: address,
          ...environment,
        },
      });
      children.push(child);
      for await (const line of createInterface({ input: child.stdout })) {
        if (line.startsWith('{"ready":true')) break;
      }
      child.stdout.resume();
      return child;
    },
    start,
    run: async (task, queue) => await (await start(task, queue)).result(),
    async dispose() {
      workflows.shutdown();
      await over;
      for (const child of children) await end(child, 'SIGTERM');
      await connection.close();
      await native.close();
      await end(temporal, 'SIGKILL');
      await api.close();
      await rm(dataFolder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

export async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill(signal);
  await once(child, 'exit');
}

/** A task as the interpreter makes it. */
export function taskOf(command: string, more: Partial<ActionTask> = {}): ActionTask {
  return {
    key: { runId: randomUUID(), jobPath: 'build', jobAttempt: 1, action: 'step', attempt: 1 },
    pipeline: 'test',
    number: 1,
    type: 'run',
    input: { command },
    inputCredentials: [],
    engine: { type: 'local', name: 'local', settings: {}, settingsCredentials: [] },
    idempotent: false,
    needsText: false,
    lastOfJob: false,
    ...more,
  };
}

function startTemporal(address: string): ChildProcess {
  const [ip = '', port = ''] = address.split(':');
  const arguments_ = ['server', 'start-dev', '--headless', '--ip', ip, '--port', port, '--log-level', 'error'];
  const tuned = ['transfer', 'timer', 'visibility'].flatMap((queue) => [
    '--dynamic-config-value',
    `history.${queue}ProcessorMaxPollRPS=2000`,
  ]);
  return spawn('temporal', [...arguments_, ...tuned], {
    stdio: 'ignore',
    env: { ...process.env, PATH: [process.env['PATH'], join(homedir(), 'go/bin')].join(delimiter) },
  });
}

async function connect(address: string): Promise<Connection> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await Connection.connect({ address });
    } catch (error) {
      if (tries > 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}
