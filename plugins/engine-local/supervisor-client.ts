import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PalvellaError } from '../../core/errors.ts';
import type { Notice } from '../../engine-kit/output/exit-record.ts';
import { type Answer, onLines, type Request } from './protocol.ts';
import { socketPath } from './socket-path.ts';

const startMs = 15_000;
const retryMs = 5;

type Ask = Request extends infer R ? (R extends Request ? Omit<R, 'id'> : never) : never;

type Listener = (notice: Notice | undefined) => void;

/** A connection to the supervisor of this state folder, made when needed, with the supervisor when there is none. */
export interface SupervisorClient {
  ask(request: Ask): Promise<Answer>;
  /** Calls `listener` with each notice about a folder, and with undefined when the supervisor is gone. */
  listen(folder: string, listener: Listener): () => void;
  close(): Promise<void>;
}

export function createSupervisorClient(state: string): SupervisorClient {
  const waiting = new Map<number, { resolve(answer: Answer): void; reject(error: Error): void }>();
  const listeners = new Map<string, Set<Listener>>();
  let connection: Promise<Socket> | undefined;
  let lastId = 0;

  function connected(): Promise<Socket> {
    connection ??= open(state).then((socket) => {
      onLines<Answer | Notice>(socket, (message) => {
        if ('id' in message) {
          waiting.get(message.id)?.resolve(message);
          waiting.delete(message.id);
        } else for (const listener of listeners.get(message.folder) ?? []) listener(message);
      });
      socket.on('close', lost);
      return socket;
    });
    connection.catch(() => {
      connection = undefined;
    });
    return connection;
  }

  function lost(): void {
    connection = undefined;
    const error = new PalvellaError('engine_failed', 'the supervisor of local commands went away');
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
    for (const set of listeners.values()) for (const listener of set) listener(undefined);
  }

  async function ask(request: Ask): Promise<Answer> {
    const socket = await connected();
    lastId += 1;
    const id = lastId;
    return await new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      socket.write(`${JSON.stringify({ ...request, id })}\n`);
    });
  }

  return {
    ask,
    listen(folder, listener) {
      const set = listeners.get(folder) ?? new Set();
      listeners.set(folder, set.add(listener));
      return () => {
        set.delete(listener);
        if (set.size === 0) listeners.delete(folder);
      };
    },
    async close() {
      if (connection === undefined) return;
      await ask({ do: 'leave' }).catch(() => undefined);
      const socket = await connection;
      // The supervisor goes on with its commands: who watches one must not take it for lost, and end it.
      socket?.off('close', lost).destroy();
    },
  };
}

async function open(state: string): Promise<Socket> {
  const address = socketPath(state);
  const until = performance.now() + startMs;
  let started = false;
  for (;;) {
    const socket = await tryConnect(address);
    if (socket !== undefined) return socket;
    if (!started) startSupervisor(state);
    started = true;
    if (performance.now() > until) {
      throw new PalvellaError('engine_failed', 'the supervisor of local commands does not start', {
        remedy: `See ${join(state, 'supervisor.log')}.`,
      });
    }
    await new Promise((resolve) => setTimeout(resolve, retryMs));
  }
}

function tryConnect(address: string): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = connect(address);
    socket.on('connect', () => {
      socket.removeAllListeners('error').on('error', () => undefined);
      resolve(socket);
    });
    socket.on('error', () => resolve(undefined));
  });
}

/** In a session of its own, with nothing of this process's environment, so that it neither dies nor tells with it. */
function startSupervisor(state: string): void {
  mkdirSync(state, { recursive: true, mode: 0o700 });
  const log = openSync(join(state, 'supervisor.log'), 'a', 0o600);
  const script = fileURLToPath(new URL('./supervisor.ts', import.meta.url));
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, state], {
    cwd: '/',
    detached: true,
    stdio: ['ignore', log, log],
    env: { PATH: process.env['PATH'] ?? '' },
  });
  child.on('error', () => undefined);
  child.unref();
  closeSync(log);
}
