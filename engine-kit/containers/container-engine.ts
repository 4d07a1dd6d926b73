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
import { createLives } from './lives.ts';
import { patiently } from './patience.ts';
import { printed } from './printed.ts';
import { recordCommand } from './recorder.ts';
import { actionFolderIn, type StartScript, startedScript, startScript, stopScript } from './script.ts';
import { type ContainerSettings, defaultShell, isTooLong, parseSettings, textsOf } from './settings.ts';
import { createWhereabouts } from './whereabouts.ts';
import { containerWorkspace } from './workspace.ts';

/** What a script that only follows is given. */
const nothing = { directory: workPath, environ: {}, argv: ['true'] };
/** How much longer than the grace a command's stop may take, and then its end to be heard of. */
const stopMs = 20_000;
const settleMs = 10_000;

/** An Engine that runs a Job's commands in containers of `host`. `state` is its own folder, which survives the Worker. */
export function createContainerEngine<Settings extends ContainerSettings>(
  host: ContainerHost<Settings>,
  state: string,
  schema: z.ZodType<Settings>,
): Engine {
  const jobs = createJobStates(state);
  const settings = new Map<string, Settings>();
  const lives = createLives();
  /** Jobs of which the host has something, whether or not there is a folder. */
  const labelled = new Set<string>();
  const containers = createContainerCache(host);
  const whereabouts = createWhereabouts(host);

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
    return await Promise.resolve(containerWorkspace(() => enter(job.key, ours, quiet, new AbortController().signal)));
  }

  /** The container for these settings, with the Job's files in it. */
  async function enter(...given: Parameters<ContainerHost<Settings>['open']>): Promise<Container> {
    const container = await containers.open(...given);
    await whereabouts.enter(given[0], jobs.rootOf(given[0]), container);
    return container;
  }

  async function start(command: CommandSpec, logOffset = 0): Promise<Running> {
    const { key } = command;
    const running = lives.find(key);
    if (running !== undefined) return running.watch(logOffset);
    const ours = settingsOf(key);
    const directory = `${workPath}/${relativePath(command.directory ?? '')}`;
    const inside = actionFolderIn(digest(actionKeyText(key)));
    const paths = { workspace: workPath, output: `${inside}/named`, summary: `${inside}/summary` };
    const environ = containerEnvironment(key, paths, textsOf(ours.environ), command.environ);
    const argv = [...(command.shell ?? ours.shell ?? defaultShell), command.command];
    const live = openLive(jobs.folderOf(key), argv[0] ?? '');
    if (live.over) return live.watch(logOffset);
    lives.add(key, live);
    if (isTooLong(argv, environ)) live.end(tooLong(argv[0] ?? ''));
    else {
      live.run(async () => {
        const container = await enter(key, ours, live.say, live.stopping);
        live.stopping.throwIfAborted();
        return recordIn(live, container, inside, { directory, environ, argv });
      });
    }
    return await Promise.resolve(live.watch(logOffset));
  }

  async function attach(key: ActionKey, logOffset: number): Promise<Running | undefined> {
    return (await lives.findOrSeek(key, () => takeUp(key)))?.watch(logOffset);
  }

  async function takeUp(key: ActionKey): Promise<Live | undefined> {
    const folder = jobs.folderOf(key);
    const begun = readBegun(folder);
    if (begun === undefined) return undefined;
    const live = openLive(folder, begun.program);
    if (live.over) return live;
    const inside = actionFolderIn(digest(actionKeyText(key)));
    const { container, isThere } = await patiently(async () => {
      const found = await host.find(key, begun.container);
      const runs = found !== undefined && (await found.whyGone()) === undefined;
      return { container: found, isThere: !runs || (await printed(found, startedScript(inside))) !== 'no' };
    });
    const meanwhile = lives.find(key);
    if (meanwhile !== undefined || !isThere) return meanwhile;
    if (container === undefined) live.end(containerGone);
    else live.run(() => Promise.resolve(recordIn(live, container, inside, nothing)));
    lives.add(key, live);
    return live;
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

  async function stop(key: ActionKey, graceMs: number): Promise<void> {
    const live = lives.find(key);
    live?.askToEnd();
    const begun = readBegun(jobs.folderOf(key));
    const container = begun === undefined ? undefined : await host.find(key, begun.container);
    if (container === undefined || (await container.whyGone()) !== undefined) return;
    const script = stopScript(actionFolderIn(digest(actionKeyText(key))), markerOf(key), graceMs);
    await printed(container, script, { most: 0, withinMs: graceMs + stopMs });
    // A command can keep its end from being written, as by stopping the shell that waits for it.
    const timer = setTimeout(() => live?.giveUp(), settleMs);
    await live?.ended;
    clearTimeout(timer);
  }

  async function teardown(job: JobKey): Promise<void> {
    const id = jobKeyText(job);
    settings.delete(id);
    if (!jobs.has(job) && !labelled.has(id)) return;
    await lives.removeJob(job, async () => {
      await containers.forget(job);
      await patiently(() => host.remove(job));
    });
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
      const { own } = await host.found();
      for (const job of own) labelled.add(jobKeyText(job));
      return [...new Map([...jobs.held(), ...own].map((job) => [jobKeyText(job), job])).values()];
    },
    async strangers() {
      const { strange } = await host.found();
      for (const job of strange) labelled.add(jobKeyText(job));
      return strange;
    },
    async close() {
      lives.leave();
      await host.close();
    },
  };
}
