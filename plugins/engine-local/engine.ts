import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CommandSpec, Engine, JobSpec, Running, Workspace } from '../../core/contracts/engine.ts';
import { PalvellaError } from '../../core/errors.ts';
import { type ActionKey, type JobKey, jobKeyText } from '../../core/keys.ts';
import { folderWorkspace } from '../../engine-kit/folder/workspace.ts';
import { exitFile, namedOutputFile, startedFile, summaryFile } from '../../engine-kit/output/layout.ts';
import { relativePath } from '../../engine-kit/output/relative-path.ts';
import { type Watched, watchCommand } from '../../engine-kit/output/running.ts';
import { writeWhole } from '../../engine-kit/output/write-whole.ts';
import { actionMarker, commandEnvironment, jobMarker, markerName } from './environment.ts';
import { createJobRoots } from './job-roots.ts';
import { actionFolder, jobFolders, jobParts } from './layout.ts';
import { createProcessFinder } from './processes.ts';
import { createSupervisorClient } from './supervisor-client.ts';
import { createTrash } from './trash.ts';

const recordMs = 2_000;
const pollMs = 10;
const defaultShell = ['sh', '-e', '-c'];

interface LocalSettings {
  shell?: string[] | undefined;
  environ?: Record<string, string | number | boolean> | undefined;
}

/** Runs commands on the Worker's own machine, by a supervisor that outlives the Worker. */
export async function createLocalEngine(stateFolder: string): Promise<Engine> {
  const state = join(stateFolder, 'local');
  await mkdir(join(state, 'jobs'), { recursive: true, mode: 0o700 });
  const trash = createTrash(join(state, 'trash'));
  // What a killed Worker left there may be half made.
  trash.take(join(state, 'spare'));
  // Of what has no name nothing was begun, or the machine went down under it.
  for (const root of jobRoots(state)) if (keyOf(root) === undefined) trash.take(root);
  const roots = createJobRoots(join(state, 'spare'));
  const supervisor = createSupervisorClient(state);
  const processes = createProcessFinder(markerName);
  const settings = new Map<string, LocalSettings>();
  // So that the first command does not wait for it; a failure shows when a command needs it.
  const warm = supervisor.ask({ do: 'follow', folder: '' }).catch(() => undefined);

  async function prepare(job: JobSpec): Promise<Workspace> {
    const folders = jobFolders(state, job.key);
    const known = settings.has(jobKeyText(job.key));
    settings.set(jobKeyText(job.key), job.settings as LocalSettings);
    if (known) return folderWorkspace(folders.work);
    // Here and below: what is small goes to the Worker's own disk at once, as the thread pool would cost ten times as much.
    roots.make(folders.root);
    writeWhole(folders.keyFile, JSON.stringify(job.key));
    return folderWorkspace(folders.work);
  }

  async function start(command: CommandSpec): Promise<Running> {
    const ours = settings.get(jobKeyText(command.key));
    if (ours === undefined) throw new PalvellaError('engine_refused', 'the Job has no workspace: prepare it first');
    const folder = actionFolder(state, command.key);
    const folders = jobFolders(state, command.key);
    const cwd = join(folders.work, relativePath(command.directory ?? ''));
    const shell = command.shell ?? ours.shell ?? defaultShell;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const env = commandEnvironment({
      key: command.key,
      folders,
      outputFile: join(folder, namedOutputFile),
      summaryFile: join(folder, summaryFile),
      engine: Object.fromEntries(Object.entries(ours.environ ?? {}).map(([name, value]) => [name, String(value)])),
      action: command.environ,
      worker: process.env,
    });
    const { watched } = watch(command.key, folder, 0);
    const answer = await supervisor.ask({ do: 'start', folder, argv: [...shell, command.command], cwd, env });
    watched.notice({ folder, bytes: answer.bytes, ended: !answer.known });
    return watched;
  }

  async function attach(key: ActionKey, logOffset: number): Promise<Running | undefined> {
    const folder = actionFolder(state, key);
    if (!existsSync(folder)) return undefined;
    const { watched, unlisten } = watch(key, folder, logOffset);
    const answer = await supervisor.ask({ do: 'follow', folder });
    const started = answer.known || existsSync(join(folder, startedFile)) || existsSync(join(folder, exitFile));
    if (!started) {
      unlisten();
      return undefined;
    }
    watched.notice(answer.known ? { folder, bytes: answer.bytes, ended: false } : undefined);
    return watched;
  }

  function watch(key: ActionKey, folder: string, offset: number): { watched: Watched; unlisten(): void } {
    const watched = watchCommand(
      folder,
      offset,
      (released) => void supervisor.ask({ do: 'release', folder, offset: released }).catch(() => undefined),
      () => processes.end(actionMarker(key), 0),
    );
    const unlisten = supervisor.listen(folder, watched.notice);
    void watched.exit.then(unlisten, unlisten);
    return { watched, unlisten };
  }

  async function stop(key: ActionKey, graceMs: number): Promise<void> {
    const folder = actionFolder(state, key);
    if (!existsSync(folder)) return;
    await supervisor.ask({ do: 'signal', folder, signal: 'SIGTERM' });
    const kill = setTimeout(() => {
      supervisor.ask({ do: 'signal', folder, signal: 'SIGKILL' }).catch(() => undefined);
    }, graceMs);
    await processes.end(actionMarker(key), graceMs).finally(() => clearTimeout(kill));
  }

  async function teardown(job: JobKey): Promise<void> {
    settings.delete(jobKeyText(job));
    const { root } = jobFolders(state, job);
    if (!existsSync(root)) return;
    const folders = readdirSync(join(root, jobParts.actions)).map((name) => join(root, jobParts.actions, name));
    const killed = await Promise.all(
      folders.map(async (folder) => (await supervisor.ask({ do: 'signal', folder, signal: 'SIGKILL' })).known),
    );
    await processes.end(jobMarker(job), 0);
    await Promise.all(folders.filter((_, index) => killed[index]).map(recorded));
    trash.take(root);
  }

  /** Resolves once a command's end is written, for who still waits for it. */
  async function recorded(folder: string): Promise<void> {
    const until = performance.now() + recordMs;
    while (performance.now() < until && (await supervisor.ask({ do: 'follow', folder })).known) await sleep(pollMs);
  }

  function held(): Promise<JobKey[]> {
    return Promise.resolve(
      jobRoots(state)
        .map(keyOf)
        .filter((key) => key !== undefined),
    );
  }

  return {
    prepare,
    start,
    attach,
    stop,
    teardown,
    held,
    async close() {
      await warm;
      roots.close();
      await Promise.all([supervisor.close(), trash.empty().catch(() => undefined)]);
    },
  };
}

function jobRoots(state: string): string[] {
  return readdirSync(join(state, 'jobs')).map((name) => join(state, 'jobs', name));
}

/** Whose folder it is; undefined where that cannot be read. */
function keyOf(root: string): JobKey | undefined {
  try {
    return JSON.parse(readFileSync(join(root, 'job.json'), 'utf8')) as JobKey;
  } catch {
    return undefined;
  }
}
