import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A process of the server, once it is ready. */
export interface Launched {
  pid: number;
  /** Resolves with how it ended: `exit status 1`, `signal SIGKILL`. */
  exited: Promise<string>;
  /** Asks it to end, makes it end after `graceMs`, and resolves when it is gone. */
  stop(graceMs: number): Promise<void>;
}

export interface Command {
  file: string;
  args: readonly string[];
  env: NodeJS.ProcessEnv;
  cwd: string;
  /** Where it must not run as we do. */
  user?: { uid: number; gid: number };
}

export interface LaunchOptions {
  /** What the process prints, line by line. */
  line(text: string): void;
  /** Known as soon as the process is there, ready or not. */
  spawned(pid: number): void;
  /** Whether this line says that it is ready; it is not passed on. */
  ready?(text: string): boolean;
  /** Where no line says so: resolves once it is ready. Aborted when nobody waits for that any more. */
  answers?(over: AbortSignal): Promise<void>;
  timeoutMs: number;
  /** What asks it to end: SIGTERM, unless it means something else to it. */
  endWith?: NodeJS.Signals;
}

/** Starts a process in a session of its own, so that Ctrl-C reaches only us and we stop all in order. */
export async function launch(command: Command, options: LaunchOptions): Promise<Launched> {
  const child = spawn(command.file, command.args, {
    cwd: command.cwd,
    env: command.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    ...command.user,
  });
  if (child.pid !== undefined) options.spawned(child.pid);
  const exited = ended(child);
  let lastError = '';
  const ready = Promise.withResolvers<void>();
  const over = new AbortController();
  const read = (text: string) => {
    if (options.ready?.(text)) ready.resolve();
    else options.line(text);
  };
  createInterface({ input: child.stdout }).on('line', read);
  createInterface({ input: child.stderr }).on('line', (text) => {
    if (text.trim() !== '') lastError = text;
    read(text);
  });
  options.answers?.(over.signal).then(ready.resolve, ready.reject);
  const timer = setTimeout(
    () => ready.reject(new Error(`is not ready after ${options.timeoutMs / 1000} s`)),
    options.timeoutMs,
  );
  void exited.then((how) => ready.reject(new Error(lastError === '' ? `ended with ${how}` : lastError)));
  try {
    await ready.promise;
  } catch (error) {
    child.kill('SIGKILL');
    await exited;
    throw error;
  } finally {
    clearTimeout(timer);
    over.abort();
  }
  const { endWith = 'SIGTERM' } = options;
  return { pid: child.pid as number, exited, stop: (graceMs) => stop(child, exited, endWith, graceMs) };
}

function ended(child: ChildProcess): Promise<string> {
  return new Promise((done) => {
    child.once('error', (error) => done(error.message));
    child.once('exit', (status, signal) => done(signal === null ? `exit status ${status}` : `signal ${signal}`));
  });
}

async function stop(
  child: ChildProcess,
  exited: Promise<string>,
  endWith: NodeJS.Signals,
  graceMs: number,
): Promise<void> {
  child.kill(endWith);
  const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
  await exited;
  clearTimeout(timer);
}
