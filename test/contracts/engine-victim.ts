/** A Worker's process that a test kills: starts a command and tells how much output it has seen. */
import type { CommandSpec, Engine } from '../../core/contracts/engine.ts';
import type { JsonObject } from '../../core/json.ts';
import type { JobKey } from '../../core/keys.ts';

const [module = '', stateFolder = '', task = ''] = process.argv.slice(2);
const { create } = (await import(module)) as { create(stateFolder: string): Promise<Engine> };
const { job, settings, command } = JSON.parse(task) as { job: JobKey; settings: JsonObject; command: CommandSpec };
const engine = await create(stateFolder);
await engine.prepare({ key: job, settings });
const running = await engine.start(command);
for await (const { end } of running.output) process.send?.(end);
