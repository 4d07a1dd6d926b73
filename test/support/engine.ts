import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import type { Engine } from '../../core/contracts/engine.ts';
import type { EnginePlugin } from '../../core/contracts/plugin.ts';
import type { JsonObject } from '../../core/json.ts';
import type { JobKey } from '../../core/keys.ts';
import { actionOf, commandOf, type Finished, finish, newJob } from '../contracts/engine-harness.ts';

export type Ran = Finished & { job: JobKey };

export interface EngineSetting {
  engine: Engine;
  run(settings: object, command: string, job?: JobKey): Promise<Ran>;
}

/** An Engine of this plugin, and what `prepare` makes for it; all its Jobs are torn down at the end of the file. */
export function engineSetting<More>(plugin: EnginePlugin, prepare: () => Promise<More>): () => EngineSetting & More {
  let setting: (EngineSetting & More) | undefined;
  let folder = '';
  beforeAll(async () => {
    const more = await prepare();
    folder = await mkdtemp(join(tmpdir(), `palvella-${plugin.manifest.id}-`));
    const engine = await plugin.create({ stateFolder: folder, workerId: folder });
    const run: EngineSetting['run'] = (settings, command, job = newJob()) =>
      runIn(engine, plugin, settings, command, job);
    setting = { ...more, engine, run };
  });
  afterAll(async () => {
    if (setting === undefined) return;
    const { engine } = setting;
    await Promise.all((await engine.held()).map((job) => engine.teardown(job)));
    await engine.close();
    await rm(folder, { recursive: true, force: true });
  });
  return () => {
    if (setting === undefined) throw new Error(`the Engine ${plugin.manifest.id} is not there yet`);
    return setting;
  };
}

let count = 0;

async function runIn(engine: Engine, plugin: EnginePlugin, given: object, command: string, job: JobKey): Promise<Ran> {
  await engine.prepare({ key: job, settings: parsed(plugin, { image: 'alpine:latest', ...given }) });
  count += 1;
  return { ...(await finish(await engine.start(commandOf(actionOf(job, `step-${count}`), command)))), job };
}

/** As they come to a Worker: with defaults, and JSON. */
export function parsed({ manifest }: Pick<EnginePlugin, 'manifest'>, settings: object): JsonObject {
  return JSON.parse(JSON.stringify(manifest.settings.parse(settings))) as JsonObject;
}

/** What a command says that reaches for a port of the host's loopback, by its own and by its gateway. */
export function reachFor(port: number): string {
  const gateway = "$(ip route | sed -n 's/^default via \\([^ ]*\\).*/\\1/p')";
  return `for h in 127.0.0.1 ${gateway}; do wget -T 2 -qO- http://$h:${port}/ || echo no; done`;
}
