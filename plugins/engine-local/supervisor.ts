/**
 * One small process a Worker host. It makes the processes that Actions run, keeps their output and exit status in
 * files, and outlives the Worker. Started by the engine as `node supervisor.ts FOLDER`; ends by itself when nothing
 * runs and no Worker has been there for a while.
 */
import { unlinkSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import type { Notice } from '../../engine-kit/output/exit-record.ts';
import { type Command, runCommand } from './command.ts';
import { createPipes } from './pipes.ts';
import { type Answer, onLines, type Request } from './protocol.ts';
import { socketPath } from './socket-path.ts';

const idleMs = 30_000;

process.title = 'palvella supervisor';
const folder = process.argv[2];
if (folder === undefined) throw new Error('the state folder is missing');
const address = socketPath(folder);
const commands = new Map<string, Command>();
const followers = new Map<string, Set<Socket>>();
const clients = new Set<Socket>();
let idle: NodeJS.Timeout | undefined;

for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);

connect(address)
  .on('connect', () => process.exit(0))
  .on('error', listen);

function listen(): void {
  try {
    unlinkSync(address);
  } catch {
    // There was none.
  }
  process.umask(0o077);
  const pipes = createPipes(join(folder as string, 'pipes'));
  createServer((socket) => serve(socket, (request) => answer(request, socket, pipes))).listen(address);
  restIfIdle();
}

function serve(socket: Socket, handle: (request: Request) => Answer): void {
  clients.add(socket);
  restIfIdle();
  onLines<Request>(socket, (request) => socket.write(`${JSON.stringify(handle(request))}\n`));
  socket.on('error', () => undefined);
  socket.on('close', () => {
    clients.delete(socket);
    for (const set of followers.values()) set.delete(socket);
    restIfIdle();
  });
}

function answer(request: Request, socket: Socket, pipes: ReturnType<typeof createPipes>): Answer {
  if (request.do === 'leave') {
    clients.delete(socket);
    if (commands.size + clients.size === 0) setImmediate(() => process.exit(0));
    return { id: request.id, known: true, bytes: 0 };
  }
  let command = commands.get(request.folder);
  if (request.do === 'start' && command === undefined) {
    command = runCommand(request, pipes, () => tell(request.folder));
    commands.set(request.folder, command);
  }
  if (command === undefined) return { id: request.id, known: false, bytes: 0 };
  if (request.do === 'signal') command.signal(request.signal);
  else if (request.do === 'release') command.release(request.offset);
  else followersOf(request.folder).add(socket);
  return { id: request.id, known: true, bytes: command.bytes };
}

function followersOf(of: string): Set<Socket> {
  const found = followers.get(of) ?? new Set();
  followers.set(of, found);
  return found;
}

function tell(of: string): void {
  const command = commands.get(of);
  if (command === undefined) return;
  const { bytes, ended, exit } = command;
  const notice: Notice = { folder: of, bytes, ended, ...(exit === undefined ? {} : { exit }) };
  const line = `${JSON.stringify(notice)}\n`;
  for (const socket of followersOf(of)) socket.write(line);
  if (!command.ended) return;
  commands.delete(of);
  followers.delete(of);
  restIfIdle();
}

function restIfIdle(): void {
  clearTimeout(idle);
  if (commands.size > 0 || clients.size > 0) return;
  idle = setTimeout(() => process.exit(0), idleMs);
}
