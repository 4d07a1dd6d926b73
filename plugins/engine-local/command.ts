import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, fdatasync, openSync, writeFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ExitRecord } from '../../engine-kit/output/exit-record.ts';
import { exitFile, startedFile } from '../../engine-kit/output/layout.ts';
import { createLineFeed } from '../../engine-kit/output/line-feed.ts';
import { createSpool, type Spool } from '../../engine-kit/output/spool.ts';
import { writeWholeOnceRoom } from '../../engine-kit/output/write-whole.ts';
import type { Pipes } from './pipes.ts';
import type { Request } from './protocol.ts';

const mebibyte = 1024 * 1024;
const spoolLimits = { segment: 16 * mebibyte, kept: 256 * mebibyte, unwritten: 4 * mebibyte };
/** How long a process that outlives the command may keep its output open before the command counts as ended. */
const lingerMs = 200;

type Ending = Omit<ExitRecord, 'bytes' | 'info'>;

/** One command and what became of it. */
export interface Command {
  readonly bytes: number;
  /** How it ended, once that is written. */
  readonly exit: ExitRecord | undefined;
  /** Nothing more comes of it, whether or not there is a record. */
  readonly ended: boolean;
  /** To the whole process group, and only while its id cannot be another's. */
  signal(signal: 'SIGTERM' | 'SIGKILL'): void;
  release(offset: number): void;
}

export function runCommand(request: Extract<Request, { do: 'start' }>, pipes: Pipes, changed: () => void): Command {
  const { folder } = request;
  let child: ChildProcess | undefined;
  let doomed: 'SIGTERM' | 'SIGKILL' | undefined;
  let running = true;
  let accepting = true;
  let ended = false;
  let exitRecord: ExitRecord | undefined;
  let outputs: Socket[] = [];

  const spool: Spool = createSpool(folder, spoolLimits, () => {
    for (const output of outputs) flow(output);
    changed();
  });

  function flow(output: Socket): void {
    if (spool.full && accepting) output.pause();
    else if (output.isPaused()) output.resume();
  }

  async function run(): Promise<Ending> {
    const [out, err] = [await pipes.take(), await pipes.take()];
    outputs = [out.readEnd, err.readEnd];
    const [program, ...args] = request.argv;
    const closed = Promise.all([collect(out.readEnd, 'stdout'), collect(err.readEnd, 'stderr')]);
    let exit: Promise<Ending>;
    try {
      if (doomed !== undefined) return { status: null, signal: doomed, broke: null };
      const { cwd, env } = request;
      child = spawn(program ?? '', args, { cwd, env, detached: true, stdio: ['ignore', out.writeEnd, err.writeEnd] });
      exit = exitOf(child, program);
    } finally {
      // The child has its own; the pipes end with it, or at once where there is none.
      closeSync(out.writeEnd);
      closeSync(err.writeEnd);
    }
    const result = await exit;
    running = false;
    await Promise.race([closed, linger()]);
    return result;
  }

  function collect(output: Socket, stream: 'stdout' | 'stderr'): Promise<void> {
    const feed = createLineFeed((payload) => {
      if (accepting) spool.push(stream, payload);
    });
    output.on('data', (bytes) => {
      feed.data(bytes);
      flow(output);
    });
    return new Promise((resolve) => {
      output.on('error', () => undefined);
      output.on('close', () => {
        feed.end();
        resolve();
      });
    });
  }

  /** Time counts only while the pipes are read, so nothing that the command itself wrote is cut off. */
  async function linger(): Promise<void> {
    do await new Promise((resolve) => setTimeout(resolve, lingerMs));
    while (spool.full);
  }

  async function finish(result: Ending): Promise<void> {
    // What a process left behind prints from now on is read, so that it can go on, and dropped.
    accepting = false;
    for (const output of outputs) flow(output);
    await spool.end();
    const record: ExitRecord = { ...result, bytes: spool.bytes, info: {} };
    await writeWholeOnceRoom(join(folder, exitFile), JSON.stringify(record));
    exitRecord = record;
    ended = true;
    changed();
  }

  writeStarted(folder)
    .then(run)
    .catch((error: unknown) => {
      if (isCode(error, 'EEXIST')) throw error;
      return fault(request.argv[0], error);
    })
    .then(finish)
    // The Job's folder is gone, or a late request asked again for what has already run.
    .catch(() => undefined)
    .finally(() => {
      running = false;
      ended = true;
      changed();
    });

  return {
    get bytes() {
      return spool.bytes;
    },
    get exit() {
      return exitRecord;
    },
    get ended() {
      return ended;
    },
    signal(signal) {
      // It may be asked to end before it has begun: then it never does.
      doomed = signal;
      if (!running || child?.pid === undefined) return;
      try {
        globalThis.process.kill(-child.pid, signal);
      } catch {
        // The group has just ended.
      }
    },
    release: spool.release,
  };
}

function exitOf(child: ChildProcess, program: string | undefined): Promise<Ending> {
  return new Promise((resolve) => {
    child.on('error', (error) => resolve(fault(program, error)));
    child.on('exit', (status, signal) => resolve({ status, signal, broke: null }));
  });
}

function isCode(error: unknown, code: string): boolean {
  return (error as NodeJS.ErrnoException | null)?.code === code;
}

function fault(program: string | undefined, error: unknown): Ending {
  const tooLong = 'it, or a variable of its environment, is longer than the system allows (128 KiB on Linux)';
  const why = isCode(error, 'E2BIG') ? tooLong : error instanceof Error ? error.message : String(error);
  return { status: null, signal: null, broke: `The command could not be started with ${program}: ${why}` };
}

/** On the disk before the process is made, so that not even a power cut makes it start twice. */
async function writeStarted(folder: string): Promise<void> {
  const file = openSync(join(folder, startedFile), 'wx', 0o600);
  try {
    writeFileSync(file, JSON.stringify({ supervisor: process.pid }));
    await promisify(fdatasync)(file);
  } finally {
    closeSync(file);
  }
}
