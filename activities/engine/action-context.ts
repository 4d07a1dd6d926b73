import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Engine, Exit, Workspace } from '../../core/contracts/engine.ts';
import type { ActionContext } from '../../core/contracts/plugin.ts';
import { PalvellaError } from '../../core/errors.ts';
import type { ActionTask } from '../types.ts';
import type { ActionOutput } from './action-output.ts';
import type { EngineActivityDeps, JobApi } from './ports.ts';

/** How long a command has to end by itself when it is asked to. */
const graceMs = 10_000;
/** How long an Action that runs none has. */
const nativeGraceMs = 3_000;

export interface ContextParts {
  deps: EngineActivityDeps;
  task: ActionTask;
  api: JobApi;
  engine: Engine;
  workspace: Workspace | undefined;
  output: ActionOutput;
  signal: AbortSignal;
  /** Made when it is first asked for, as few Actions do. */
  scratch(): string;
}

/** What an Action's code is given; `exit` tells how its command ended, if it ran one. */
export function createActionContext(parts: ContextParts): {
  context: ActionContext;
  exit(): Exit | undefined;
  /** Rejects some time after a stop, of an Action that runs no command and does not end by itself. */
  overdue: Promise<never>;
} {
  const { deps, task, api, engine, output, signal } = parts;
  const { key } = task;
  let exit: Exit | undefined;
  let executed = false;
  const overdue = Promise.withResolvers<never>();
  overdue.promise.catch(() => undefined);
  const giveUp = () => {
    const late = () =>
      executed || overdue.reject(new PalvellaError('engine_failed', 'it did not end when it was asked to'));
    setTimeout(late, nativeGraceMs).unref();
  };
  if (signal.aborted) giveUp();
  else signal.addEventListener('abort', giveUp, { once: true });

  async function exec(command: Parameters<ActionContext['exec']>[0]): Promise<Exit> {
    if (executed) throw new PalvellaError('engine_refused', 'an Action runs one command');
    executed = true;
    const running =
      (await output.attach((offset) => engine.attach(key, offset))) ??
      (await engine.start({ ...command, environ: { ...task.environ, ...command.environ }, key }, output.position));
    const stop = () =>
      void engine.stop(key, graceMs).catch((error) => deps.warn('a command could not be stopped', error));
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    try {
      await output.follow(running);
      exit = await running.exit;
      return exit;
    } catch (error) {
      // A Worker that stops leaves it to the next one.
      if (!deps.stopping.aborted) stop();
      throw error;
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  const context: ActionContext = {
    key,
    signal,
    log: output.say,
    exec,
    async workspace() {
      if (parts.workspace === undefined) throw new PalvellaError('engine_refused', 'this Action has no workspace');
      return await Promise.resolve(parts.workspace);
    },
    fetch: (url, init) => deps.fetch(url, { ...init, signal: init?.signal ?? signal }),
    files: {
      put: (name, content) => putFile(api, parts.scratch(), name, content),
      get: (name) => api.getFile(name),
    },
    startRun: (pipelineName, args) =>
      api.startRun({ pipeline: pipelineName, args, action: key.action, attempt: key.attempt }),
    setting: deps.setting,
    get scratch() {
      return parts.scratch();
    },
  };
  return { context, exit: () => exit, overdue: overdue.promise };
}

/** By way of a file, so that its size is known and a broken upload can be repeated. */
async function putFile(api: JobApi, scratch: string, name: string, content: NodeJS.ReadableStream) {
  const folder = await mkdtemp(join(scratch, 'put-'));
  try {
    const path = join(folder, 'content');
    const hash = createHash('sha256');
    let size = 0;
    const measure = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        hash.update(chunk);
        size += chunk.length;
        done(null, chunk);
      },
    });
    await pipeline(content, measure, createWriteStream(path, { mode: 0o600 }));
    await api.putFile(name, size, () => createReadStream(path));
    return { size, sha256: hash.digest('hex') };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
