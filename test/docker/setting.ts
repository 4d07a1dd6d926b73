import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import type { Engine } from '../../core/contracts/engine.ts';
import type { JobKey } from '../../core/keys.ts';
import { decodeFrames } from '../../core/log-frames.ts';
import { plugin } from '../../plugins/engine-docker/index.ts';
import { manifest } from '../../plugins/engine-docker/manifest.ts';
import { actionOf, commandOf, newJob } from '../contracts/engine-harness.ts';
import { docker, dockerForTests } from '../support/docker.ts';

export interface Setting {
  engine: Engine;
  host: string;
  docker(...args: string[]): Promise<string>;
  run(settings: object, command: string, job?: JobKey): Promise<Ran>;
}

export interface Ran {
  exit: Awaited<Awaited<ReturnType<Engine['start']>>['exit']>;
  stdout: string;
  /** What Palvella said itself. */
  said: string;
  job: JobKey;
}

/** An Engine on the tests' own daemon; all its Jobs are torn down at the end. */
export function dockerSetting(): () => Setting {
  let setting: Setting | undefined;
  let folder = '';
  beforeAll(async () => {
    const host = await dockerForTests();
    process.env['DOCKER_HOST'] = host;
    folder = await mkdtemp(join(tmpdir(), 'palvella-docker-'));
    const engine = await plugin.create({ stateFolder: folder, workerId: folder });
    setting = {
      engine,
      host,
      docker: (...args) => docker(host, ...args),
      run: (settings, command, job = newJob()) => run(engine, settings, command, job),
    };
  });
  afterAll(async () => {
    for (const job of (await setting?.engine.held()) ?? []) await setting?.engine.teardown(job);
    await setting?.engine.close();
    await rm(folder, { recursive: true, force: true });
  });
  return () => {
    if (setting === undefined) throw new Error('the daemon is not there yet');
    return setting;
  };
}

let count = 0;

async function run(engine: Engine, given: object, command: string, job: JobKey): Promise<Ran> {
  const settings = manifest.settings.parse({ image: 'alpine:latest', ...given });
  await engine.prepare({ key: job, settings: JSON.parse(JSON.stringify(settings)) });
  count += 1;
  const running = await engine.start(commandOf(actionOf(job, `step-${count}`), command));
  let stdout = '';
  let said = '';
  for await (const { frames } of running.output) {
    for (const { stream, payload } of decodeFrames(frames)) {
      if (stream === 'stdout') stdout += Buffer.from(payload).toString();
      if (stream === 'system') said += Buffer.from(payload).toString();
    }
  }
  return { exit: await running.exit, stdout, said, job };
}
