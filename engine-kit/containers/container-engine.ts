import { setTimeout as sleep } from 'node:timers/promises';
import type { z } from 'zod';
import type { CommandSpec, Engine, JobSpec, Running, Workspace } from '../../core/contracts/engine.ts';
import { PalvellaError } from '../../core/errors.ts';
import { type ActionKey, actionKeyText, type JobKey, jobKeyText } from '../../core/keys.ts';
import { digest } from '../output/layout.ts';
import { relativePath } from '../output/relative-path.ts';
import { type Container, type ContainerHost, workPath } from './container.ts';
import { createContainerCache } from './container-cache.ts';
import { containerGone, tooLong } from './ending.ts';
import { containerEnvironment, markerOf } from './environment.ts';
import { createJobStates } from './job-states.ts';
import { type Live, openLive, type Recorder, readBegun } from './live.ts';
import { printed } from './printed.ts';
import { recordCommand } from './recorder.ts';
import { actionFolderIn, type StartScript, startedScript, startScript, stopScript } from './script.ts';
import { type ContainerSettings, defaultShell, isTooLong, parseSettings, textsOf } from './settings.ts';
import { containerWorkspace } from './workspace.ts';

/** What a script that only follows is given. */
const nothing = { directory: workPath, environ: {}, argv: ['true'] };
/** How long a Job's removal waits for its commands' ends to be written. */
const recordMs = 5_000;

/** An Engine that runs a Job's commands in containers of `host`. `state` is its own folder, which survives the Worker. */
export function createContainerEngine<Settings extends ContainerSettings>(
  host: ContainerHost<Settings>,
  state: string,
  schema: z.ZodType<Settings>,
): Engine {
  const jobs = createJobStates(state);
  const settings = new Map<string, Settings>();
  const lives = new Map<string, Live>();
  /** Jobs of which the host has something, whether or not there is a folder. */
  const labelled = new Set<string>();
  const containers = createContainerCache(host);

  function settingsOf(job: JobKey): Settings {
    const found = settings.get(jobKeyText(job));
    if (found === undefined) throw new PalvellaError('engine_refused', 'the Job has no workspace: prepare it first');
    return found;
  }

  async function prepare(job: JobSpec): Promise<Workspace> {
    const ours = parseSettings(schema, job.settings);
    settings.set(jobKeyText(job.key), ours);
    jobs.keep(job.key);
    const quiet = () => undefined;
    return await Promise.resolve(
      containerWorkspace(() => containers.open(job.key, ours, quiet, new AbortController().signal)),
    );
  }

  async function start(command: CommandSpec, logOffset = 0): Promise<Running> {
    const { key } = command;
    const ours = settingsOf(key);
    const directory = `${workPath}/${relativePath(command.directory ?? '')}`;
    const inside = actionFolderIn(digest(actionKeyText(key)));
    const paths = { workspace: workPath, output: `${inside}/named` };
    const environ = containerEnvironment(key, paths, textsOf(ours.environ), command.environ);
    const argv = [...(command.shell ?? ours.shell ?? defaultShell), command.command];
    const live = openLive(jobs.folderOf(key), argv[0] ?? '');
    if (live.over) return live.watch(logOffset);
    track(key, live);
    if (isTooLong(argv, environ)) live.end(tooLong(argv[0] ?? ''));
    else {
      live.run(async () => {
        const container = await containers.open(key, ours, live.say, live.stopping);
        live.stopping.throwIfAborted();
        return recordIn(live, container, inside, { directory, environ, argv });
      });
    }
    return await Promise.resolve(live.watch(logOffset));
  }

  async function attach(key: ActionKey, logOffset: number): Promise<Running | undefined> {
    const running = lives.get(actionKeyText(key));
    if (running !== undefined) return running.watch(logOffset);
    const folder = jobs.folderOf(key);
    const begun = readBegun(folder);
    if (begun === undefined) return undefined;
    const live = openLive(folder, begun.program);
    if (live.over) return live.watch(logOffset);
    const container = await host.find(key, begun.container);
    const inside = actionFolderIn(digest(actionKeyText(key)));
    if (container === undefined) live.end(containerGone);
    else if ((await container.whyGone()) === undefined && (await printed(container, startedScript(inside))) === 'no') {
      return undefined;
    } else {
      live.run(() => Promise.resolve(recordIn(live, container, inside, nothing)));
    }
    track(key, live);
    return live.watch(logOffset);
  }

  function recordIn(
    live: Live,
    container: Container,
    folderInside: string,
    what: Pick<StartScript, 'directory' | 'environ' | 'argv'>,
  ): Recorder {
    live.begin(container.name);
    const { marker } = live;
    const script = (known: StartScript['known']) => startScript({ folder: folderInside, marker, known, ...what });
    return (recording) => recordCommand({ ...recording, container, folderInside, marker, script });
  }

  function track(key: ActionKey, live: Live): void {
    const id = actionKeyText(key);
    lives.set(id, live);
    void live.ended.finally(() => lives.get(id) === live && lives.delete(id));
  }

  async function stop(key: ActionKey, graceMs: number): Promise<void> {
    const live = lives.get(actionKeyText(key));
    live?.askToEnd();
    const begun = readBegun(jobs.folderOf(key));
    const container = begun === undefined ? undefined : await host.find(key, begun.container);
    if (container === undefined || (await container.whyGone()) !== undefined) return;
    await printed(container, stopScript(actionFolderIn(digest(actionKeyText(key))), markerOf(key), graceMs));
  }

  async function teardown(job: JobKey): Promise<void> {
    const id = jobKeyText(job);
    settings.delete(id);
    if (!jobs.has(job) && !labelled.has(id)) return;
    const ours = [...lives].filter(([action]) => action.startsWith(`${id}/`)).map(([, live]) => live);
    await Promise.all([...ours.map((live) => live.kill()), containers.forget(job)]);
    await host.remove(job);
    await Promise.race([Promise.all(ours.map(({ ended }) => ended)), sleep(recordMs)]);
    jobs.remove(job);
    labelled.delete(id);
  }

  return {
    prepare,
    start,
    attach,
    stop,
    teardown,
    async held() {
      const found = await host.held();
      for (const job of found) labelled.add(jobKeyText(job));
      return [...new Map([...jobs.held(), ...found].map((job) => [jobKeyText(job), job])).values()];
    },
    async close() {
      for (const live of lives.values()) live.leave();
      await host.close();
    },
  };
}
