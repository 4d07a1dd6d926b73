import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import type { Engine, Running } from '../../core/contracts/engine.ts';
import type { JobKey } from '../../core/keys.ts';
import { plugin } from '../../plugins/engine-ecs/index.ts';
import { actionOf, commandOf, finish, newJob } from '../contracts/engine-harness.ts';
import { ecsForTests, mountedVolume, type TestEcs } from '../support/ecs.ts';
import { parsed, type Ran } from '../support/engine.ts';

export interface Setting extends TestEcs {
  engine: Engine;
  /** Another Worker's process, as far as the Engine can tell. */
  again(): Promise<Engine>;
  /** The same Worker, without its folder. */
  elsewhere(): Promise<Engine>;
  /** Of the Worker's state. */
  folder: string;
  start(settings: object, command: string, job: JobKey, action?: string): Promise<Running>;
  run(settings: object, command: string, job?: JobKey, action?: string): Promise<Ran>;
}

export const basic = {
  image: 'alpine:latest',
  subnets: ['subnet-1a'],
  execution_role: 'arn:aws:iam::123456789012:role/ecs',
};
export const withVolume = { ...basic, volume: { efs: mountedVolume } };

/** An Engine and a test double of ECS; all its Jobs are torn down at the end. */
export function ecsSetting(): () => Setting {
  let setting: Setting | undefined;
  let folder = '';
  beforeAll(async () => {
    const ecs = await ecsForTests();
    folder = await mkdtemp(join(tmpdir(), 'palvella-ecs-'));
    const make = (stateFolder: string) => plugin.create({ stateFolder, workerId: 'tests' });
    const engine = await make(folder);
    setting = {
      ...ecs,
      engine,
      again: () => make(folder),
      elsewhere: () => make(join(folder, 'elsewhere')),
      folder,
      start: (settings, command, job, action) => start(engine, settings, command, job, action),
      run: async (settings, command, job = newJob(), action) => ({
        ...(await finish(await start(engine, settings, command, job, action))),
        job,
      }),
    };
  });
  afterEach(async () => {
    expect((await setting?.tell())?.problems).toEqual([]);
  });
  afterAll(async () => {
    if (setting === undefined) return;
    const { engine, close } = setting;
    await Promise.all((await engine.held()).map((job) => engine.teardown(job)));
    await engine.close();
    await close();
    await rm(folder, { recursive: true, force: true });
  });
  return () => {
    if (setting === undefined) throw new Error('the double is not there yet');
    return setting;
  };
}

let count = 0;

async function start(engine: Engine, given: object, command: string, job: JobKey, action?: string): Promise<Running> {
  await engine.prepare({ key: job, settings: parsed(plugin, given) });
  count += 1;
  return await engine.start(commandOf(actionOf(job, action ?? `step-${count}`), command));
}
