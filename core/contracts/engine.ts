import type { JsonObject } from '../json.ts';
import type { ActionKey, JobKey } from '../keys.ts';

/**
 * The contract that every Engine meets: local, Docker, Kubernetes, ECS, a third party's.
 *
 * Order of calls, per Job: `prepare`, then for each Action `attach` and, where it found nothing, `start`;
 * `stop` any time; `teardown` once the Job has ended. A call may be repeated after a crash of the Worker, also by a
 * new process, so each is idempotent by its key. What was started outlives the Worker that started it.
 * Different Jobs are served concurrently; the Actions of one Job come one after the other.
 *
 * An exception means that the machinery broke (a `PalvellaError`, `engine_failed` when trying again can help,
 * `engine_refused` when not). A command that fails is no exception: its exit status says so.
 */
export interface Engine {
  /** Makes the Job's workspace, or finds the one that is already there. */
  prepare(job: JobSpec): Promise<Workspace>;
  /**
   * Starts the command. Never called twice for a key unless `attach` returned undefined each time. `logOffset`: output up
   * to there is known, as that of an earlier start that came no further than to pull an image; 0 when absent.
   */
  start(command: CommandSpec, logOffset?: number): Promise<Running>;
  /** Finds what `start` began, running or ended; undefined where nothing under this key was ever started. */
  attach(key: ActionKey, logOffset: number): Promise<Running | undefined>;
  /** Ends every process of the Action: asks first, kills after `graceMs`. Safe when nothing runs. */
  stop(key: ActionKey, graceMs: number): Promise<void>;
  /** Ends what still runs and removes all that the Job left. Safe to repeat, and when never prepared. */
  teardown(job: JobKey): Promise<void>;
  /** Jobs that this Engine still holds something of, for the reaper. */
  held(): Promise<JobKey[]>;
  /** Jobs of other Workers that something is here of, where Workers share what Jobs run on, as a Docker daemon. */
  strangers?(): Promise<JobKey[]>;
  /** Lets go of connections. What runs goes on. */
  close(): Promise<void>;
}

export interface JobSpec {
  key: JobKey;
  /** The Engine's settings with credentials resolved, checked by its manifest's schema. */
  settings: JsonObject;
}

export interface CommandSpec {
  key: ActionKey;
  /** Run as `[...shell, command]`. Undefined shell: the Engine's own, else `sh -e -c`. */
  command: string;
  shell?: readonly string[];
  /** Everything the command sees besides, and over, what the Engine's settings set. Never the server's own environment. */
  environ: Readonly<Record<string, string>>;
  /** Relative to the workspace. */
  directory?: string;
}

export interface Running {
  /** Frames (`core/log-frames.ts`) from the offset asked for, to the end of the output. */
  output: AsyncIterable<OutputChunk>;
  /** Resolves when the command has ended and its output is complete. */
  exit: Promise<Exit>;
  /** Bytes of output up to here are stored elsewhere: the Engine may drop them. */
  release(offset: number): void;
}

export interface OutputChunk {
  /** Offset in the Action's raw output after this chunk; passing it to `attach` goes on from there. */
  end: number;
  /** Whole frames. */
  frames: Uint8Array;
}

export interface Exit {
  /** Null where the command ended by a signal or was lost. */
  status: number | null;
  signal?: string;
  /** Where the machinery, not the command, ended it: a sentence for people. */
  broke?: string;
  /** What people should know of a command that ended badly by itself: a sentence, as that its memory was used up. */
  reason?: string;
  /** Contents of the file `$PALVELLA_OUTPUT`, at most 1 MiB. */
  namedOutput: string;
  /** Contents of the file `$PALVELLA_SUMMARY`, Markdown, cut at 256 KiB; absent: none. */
  summary?: string;
  /** Node, image digest, peak memory in bytes, CPU time in ms … whatever the Engine knows. */
  info: JsonObject;
}

/** A Job's files, wherever they are. Paths are relative and may not leave the workspace, also not by a link. */
export interface Workspace {
  read(path: string): Promise<NodeJS.ReadableStream>;
  write(path: string, content: NodeJS.ReadableStream): Promise<void>;
  /** Copies a folder of the Worker's host into the workspace, but for what lies at these absolute paths. */
  importFolder(from: string, to: string, leaveOut?: readonly string[]): Promise<void>;
}
