import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ExitRecord } from '../output/exit-record.ts';
import { exitFile, startedFile } from '../output/layout.ts';
import { type Watched, watchCommand } from '../output/running.ts';
import { createSpool, recoverSpool, type Spool } from '../output/spool.ts';
import { writeWhole, writeWholeOnceRoom } from '../output/write-whole.ts';
import { brokenBy, type Ending, endedBy, endingOf } from './ending.ts';
import type { Recorded, Recording } from './recorder.ts';

const mebibyte = 1024 * 1024;
/** All of it is kept until the Job's end: how much of each output is known must be found out after a restart. */
const limits = { segment: 16 * mebibyte, kept: Number.POSITIVE_INFINITY, unwritten: 4 * mebibyte };

/** Brings what a command prints into its spool until it has ended. */
export type Recorder = (recording: Recording) => Promise<Recorded>;

/** What the Worker knew of a command when it sent it to its container. */
export interface Begun {
  /** By which its Engine finds it again. */
  container: string;
  marker: string;
  /** The first word of the command line. */
  program: string;
}

/** One command as this process sees it, from before it has a container to its end. */
export interface Live {
  /** It has ended, perhaps before this process began. */
  readonly over: boolean;
  watch(offset: number): Watched;
  /** A line for people in the command's output. */
  say(line: string): void;
  /** `find` brings it to where it runs, and calls `begin` before it may be running there. */
  run(find: () => Promise<Recorder>): void;
  /** Writes that from now on it may be running in this container. */
  begin(container: string): void;
  /** A text that nobody guesses, the same after a restart of the Worker. */
  readonly marker: string;
  /** Ends it without having run it. */
  end(ending: Ending): void;
  /** Aborted when it should not be started any more. */
  readonly stopping: AbortSignal;
  askToEnd(): void;
  /** Its container is about to be removed. Resolves once nothing is being made for it. */
  kill(): Promise<void>;
  /** Counts it as killed though its container does not say that it has ended. */
  giveUp(): void;
  /** This process stops to look; the command goes on. */
  leave(): void;
  /** Resolves when its end is written, or this process stopped to look. */
  readonly ended: Promise<void>;
}

export function openLive(folder: string, program: string): Live {
  const watchers = new Set<Watched>();
  const stopping = new AbortController();
  const leaving = new AbortController();
  const found = Promise.withResolvers<void>();
  const done = Promise.withResolvers<void>();
  const said: string[] = [];
  let changes = Promise.withResolvers<void>();
  let spool: Spool | undefined;
  let killed = false;
  let givenUp = false;
  let over = existsSync(join(folder, exitFile));
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const marker = readBegun(folder)?.marker ?? `\x1e${randomUUID()}\x1e`;

  function tell(exit?: ExitRecord): void {
    const notice = {
      folder,
      bytes: spool?.bytes ?? 0,
      ended: exit !== undefined,
      ...(exit === undefined ? {} : { exit }),
    };
    for (const watched of watchers) watched.notice(notice);
    changes.resolve();
    changes = Promise.withResolvers();
  }

  function say(line: string): void {
    if (spool === undefined) said.push(line);
    else spool.push('system', Buffer.from(`${line}\n`));
  }

  async function runIn(find: () => Promise<Recorder>): Promise<Ending> {
    const state = await recoverSpool(folder);
    spool = createSpool(folder, limits, tell, state);
    for (const line of said.splice(0)) say(line);
    const record = await find().finally(found.resolve);
    const recorded = await record({
      folder,
      spool,
      known: { stdout: state.counts.stdout, stderr: state.counts.stderr },
      changed: () => changes.promise,
      leaving: leaving.signal,
    });
    return endingOf(recorded, program);
  }

  async function finish(ending: Ending): Promise<void> {
    await spool?.end();
    const record: ExitRecord = { ...ending, bytes: spool?.bytes ?? 0 };
    const told = await written(record);
    over = true;
    tell(told);
  }

  /** Whoever waits for the end is told also where it cannot be written. */
  async function written(record: ExitRecord): Promise<ExitRecord> {
    try {
      await writeWholeOnceRoom(join(folder, exitFile), JSON.stringify(record));
      return record;
    } catch (error) {
      return { ...brokenBy(error), bytes: record.bytes };
    }
  }

  function asAsked(ending: Ending): Ending {
    if (ending.broke === null) return ending;
    if (killed) return endedBy('SIGKILL');
    return stopping.signal.aborted ? endedBy('SIGTERM') : ending;
  }

  return {
    get over() {
      return over;
    },
    watch(offset) {
      const watched = watchCommand(
        folder,
        offset,
        () => undefined,
        () => Promise.resolve(),
      );
      if (over) {
        watched.notice(undefined);
        return watched;
      }
      watchers.add(watched);
      watched.notice({ folder, bytes: spool?.bytes ?? 0, ended: false });
      return watched;
    },
    say,
    run(find) {
      runIn(find)
        .finally(found.resolve)
        .catch((error: unknown) => {
          if (!givenUp) leaving.signal.throwIfAborted();
          return brokenBy(error);
        })
        .then((ending) => finish(asAsked(ending)))
        // This process stopped to look.
        .catch(() => undefined)
        .finally(done.resolve);
    },
    end(ending) {
      found.resolve();
      finish(ending)
        .catch(() => undefined)
        .finally(done.resolve);
    },
    begin(container) {
      const begun: Begun = { container, marker, program };
      writeWhole(join(folder, startedFile), JSON.stringify(begun));
    },
    marker,
    stopping: stopping.signal,
    askToEnd: () => stopping.abort(),
    async kill() {
      killed = true;
      stopping.abort();
      await found.promise;
    },
    giveUp() {
      killed = true;
      givenUp = true;
      leaving.abort();
    },
    leave: () => leaving.abort(),
    ended: done.promise,
  };
}

/** Undefined where the command was never sent to a container. */
export function readBegun(folder: string): Begun | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, startedFile), 'utf8')) as Begun;
  } catch {
    return undefined;
  }
}
