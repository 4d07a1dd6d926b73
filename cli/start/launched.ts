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
}

export interface LaunchOptions {
  /** What the process prints, line by line. */
  line(text: string): void;
  /** Known as soon as the process is there, ready or not. */
  spawned(pid: number): void;
  /** Whether this line of standard output says that it is ready; it is not passed on. */
  ready(text: string): boolean;
  timeoutMs: number;
}

/** Starts a process in a session of its own, so that Ctrl-C reaches only us and we stop all in order. */
export async function launch(command: Command, options: LaunchOptions): Promise<Launched> {
  const child = spawn(command.file, command.args, {
    cwd: command.cwd,
    env: command.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  if (child.pid !== undefined) options.spawned(child.pid);
  const exited = ended(child);
  let lastError = '';
  const ready = Promise.withResolvers<void>();
  createInterface({ input: child.stdout }).on('line', (text) => {
    if (options.ready(text)) ready.resolve();
    else options.line(text);
  });
  createInterface({ input: child.stderr }).on('line', (text) => {
    lastError = text;
    options.line(text);
  });
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
  }
  return { pid: child.pid as number, exited, stop: (graceMs) => stop(child, exited, graceMs) };
}

function ended(child: ChildProcess): Promise<string> {
  return new Promise((done) => {
    child.once('error', (error) => done(error.message));
    child.once('exit', (status, signal) => done(signal === null ? `exit status ${status}` : `signal ${signal}`));
  });
}

async function stop(child: ChildProcess, exited: Promise<string>, graceMs: number): Promise<void> {
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
  await exited;
  clearTimeout(timer);
}
