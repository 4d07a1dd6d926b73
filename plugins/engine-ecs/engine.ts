import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CommandSpec, Engine, JobSpec, Running, Workspace } from '../../core/contracts/engine.ts';
import { PalvellaError } from '../../core/errors.ts';
import { type ActionKey, actionKeyText, type JobKey, jobKeyText } from '../../core/keys.ts';
import { tooLong } from '../../engine-kit/containers/ending.ts';
import { containerEnvironment } from '../../engine-kit/containers/environment.ts';
import { createJobStates } from '../../engine-kit/containers/job-states.ts';
import { type Live, openLive, type Recorder, readBegun } from '../../engine-kit/containers/live.ts';
import { createLives } from '../../engine-kit/containers/lives.ts';
import { createLookout } from '../../engine-kit/containers/lookout.ts';
import { defaultShell, isTooLong, parseSettings, textsOf } from '../../engine-kit/containers/settings.ts';
import { relativePath } from '../../engine-kit/output/relative-path.ts';
import { type Aws, createClouds, isRegionNamed } from './aws.ts';
import type { Command } from './definition.ts';
import { createLook } from './look.ts';
import { manifest, type Settings } from './manifest.ts';
import { folderName, jobPrefix, taskName } from './names.ts';
import { keepVolume, readPlaces, readTask, readVolumes, type TaskRef, writeTask } from './places.ts';
import { recordTask } from './record.ts';
import { registered } from './register.ts';
import { removeJob } from './remove.ts';
import { startTask } from './start-task.ts';
import { taskState } from './task-state.ts';
import { describeTask, findTask, stopTask } from './tasks.ts';
import { jobWorkspace, removeFolder } from './volume.ts';
import { namedOutputPath, summaryPath, workspacePath } from './wrapper.ts';

const firstFile = 'first';

/** Runs each Action as a task. `state` is the Engine's own folder, which survives the Worker. */
export function createEcsEngine(state: string, workerId: string): Engine {
  const jobs = createJobStates(state);
  const clouds = createClouds();
  const settings = new Map<string, Settings>();
  const lives = createLives();
  /** Jobs of which AWS has something, whether or not there is a folder. */
  const labelled = new Set<string>();
  const lookout = createLookout(createLook(() => clouds.in(), workerId));

  async function prepare(job: JobSpec): Promise<Workspace> {
    const ours = parseSettings(manifest.settings, job.settings);
    settings.set(jobKeyText(job.key), ours);
    jobs.keep(job.key);
    if (ours.volume !== undefined) keepVolume(jobs.rootOf(job.key), ours.volume);
    return await Promise.resolve(jobWorkspace(ours.volume, folderName(job.key)));
  }

  async function start(spec: CommandSpec, logOffset = 0): Promise<Running> {
    const { key } = spec;
    const ours = settings.get(jobKeyText(key));
    if (ours === undefined) throw new PalvellaError('engine_refused', 'the Job has no workspace: prepare it first');
    const directory = relativePath(spec.directory ?? '');
    const folder = jobs.folderOf(key);
    const argv = [...(spec.shell ?? ours.shell ?? defaultShell), spec.command];
    const workspace = workspacePath(ours.volume && folderName(key));
    const paths = { workspace, output: namedOutputPath, summary: summaryPath };
    const { PALVELLA_KEY: _, ...environ } = containerEnvironment(key, paths, textsOf(ours.environ), spec.environ);
    const live = openLive(folder, argv[0] ?? '');
    if (live.over) return live.watch(logOffset);
    lives.add(key, live);
    if (isTooLong(argv, environ)) live.end(tooLong(argv[0] ?? ''));
    else {
      const marker = live.marker.replaceAll('\x1e', '');
      const command: Command = {
        command: [marker, actionKeyText(key), workspace, directory, ...argv],
        environment: Object.entries(environ).map(([name, value]) => ({ name, value })),
      };
      live.run(() => startIn(live, key, ours, command));
    }
    return await Promise.resolve(live.watch(logOffset));
  }

  async function startIn(live: Live, key: ActionKey, ours: Settings, command: Command): Promise<Recorder> {
    if (ours.volume === undefined) assertFirst(key);
    const folder = jobs.folderOf(key);
    const aws = await clouds.in(ours.region);
    const { place, command: override } = await registered(aws, {
      key,
      settings: ours,
      workerId,
      jobFolder: jobs.rootOf(key),
      command,
    });
    const name = taskName(key);
    const task = await startTask(aws, {
      place,
      name,
      command: override,
      timeoutMs: ours.start_timeout * 1000,
      from: Number(readBegun(folder)?.container.slice(name.length + 1) ?? 0),
      remember(token, arn) {
        writeTask(folder, { place, ...(arn !== undefined && { arn }) });
        live.begin(token);
      },
      say: live.say,
      signal: live.stopping,
    });
    return (recording) => recordTask(aws, place, task.taskArn ?? '', recording);
  }

  /** Each task has files of its own, so a second command would miss those of the first. */
  function assertFirst({ action, ...job }: ActionKey): void {
    const path = join(jobs.rootOf(job), firstFile);
    try {
      writeFileSync(path, action, { flag: 'wx', mode: 0o600 });
    } catch {
      const first = readFileSync(path, 'utf8');
      if (first === action) return;
      throw new PalvellaError(
        'engine_refused',
        `a Job on ECS without a volume can run one command only, and ${first} was it`,
        { remedy: 'Give the Engine a volume on EFS, or put the commands into one.' },
      );
    }
  }

  async function attach(key: ActionKey, logOffset: number): Promise<Running | undefined> {
    return (await lives.findOrSeek(key, () => takeUp(key)))?.watch(logOffset);
  }

  async function takeUp(key: ActionKey): Promise<Live | undefined> {
    const folder = jobs.folderOf(key);
    const begun = readBegun(folder);
    const ref = readTask(folder);
    if (begun === undefined || ref === undefined) return undefined;
    const live = openLive(folder, begun.program);
    if (live.over) return live;
    const aws = await clouds.in(ref.place.region);
    const arn = await arnOf(aws, ref, key);
    if (arn === undefined) return undefined;
    const task = await describeTask(aws, ref.place, arn);
    const found = task && taskState(task, ref.place.container);
    // It ran nothing, and may do so if it is tried again.
    if (found?.kind === 'over' && found.passing) return undefined;
    writeTask(folder, { ...ref, arn });
    live.run(() => Promise.resolve((recording) => recordTask(aws, ref.place, arn, recording)));
    lives.add(key, live);
    return live;
  }

  async function stop(key: ActionKey): Promise<void> {
    lives.find(key)?.askToEnd();
    const ref = readTask(jobs.folderOf(key));
    if (ref === undefined) return;
    const aws = await clouds.in(ref.place.region);
    const arn = await arnOf(aws, ref, key);
    if (arn !== undefined) await stopTask(aws, ref.place, arn);
  }

  async function teardown(job: JobKey): Promise<void> {
    const id = jobKeyText(job);
    settings.delete(id);
    if (!jobs.has(job) && !labelled.has(id)) return;
    await lives.removeJob(job, () => removeAll(job));
    jobs.remove(job);
    labelled.delete(id);
    lookout.forget(job);
  }

  async function removeAll(job: JobKey): Promise<void> {
    const places = readPlaces(jobs.rootOf(job));
    const regions = new Set(places.map(({ region }) => region));
    if (labelled.has(jobKeyText(job))) regions.add((await clouds.in()).region);
    for (const region of regions) {
      await removeJob(await clouds.in(region), jobPrefix(workerId, job), folderName(job), places);
    }
    // Also where no task was ever run.
    for (const volume of readVolumes(jobs.rootOf(job))) await removeFolder(volume, folderName(job));
  }

  return {
    prepare,
    start,
    attach,
    stop,
    teardown,
    async held() {
      // Its folders still say what it holds where AWS is away.
      const { own } = isRegionNamed() ? await lookout.found() : { own: [] };
      for (const job of own) labelled.add(jobKeyText(job));
      return [...new Map([...jobs.held(), ...own].map((job) => [jobKeyText(job), job])).values()];
    },
    close() {
      lives.leave();
      clouds.close();
      return Promise.resolve();
    },
  };
}

/** Also where the answer to its start was lost. */
async function arnOf(aws: Aws, { arn, place }: TaskRef, key: ActionKey): Promise<string | undefined> {
  return arn ?? (await findTask(aws, place, taskName(key)))?.taskArn;
}
