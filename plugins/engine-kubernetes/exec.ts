import type { Readable } from 'node:stream';
import WebSocket from 'ws';
import { PalvellaError } from '../../core/errors.ts';
import type { Exec } from '../../engine-kit/containers/container.ts';
import type { Cluster } from './cluster.ts';

const channels = { stdin: 0, stdout: 1, stderr: 2, close: 255 } as const;
/** Only the newer one can say that nothing follows on standard input. */
const protocols = ['v5.channel.k8s.io', 'v4.channel.k8s.io'];
const pieceBytes = 64 * 1024;
/** Output that may wait for its reader. */
const waitingBytes = 1024 * 1024;
const openMs = 30_000;
/** What stands between may forget a connection on which nothing is said, and tell nobody. */
const pingMs = 10_000;
const silentMs = 30_000;

/** Starts a program in a container of a pod, over a WebSocket: the client library’s own knows no back-pressure. */
export async function execInPod(
  cluster: Cluster,
  where: { namespace: string; pod: string; container: string },
  argv: readonly string[],
  input?: string | Readable,
): Promise<Exec> {
  const query = new URLSearchParams({ container: where.container, stdout: 'true', stderr: 'true' });
  if (input !== undefined) query.set('stdin', 'true');
  for (const word of argv) query.append('command', word);
  const path = `/api/v1/namespaces/${where.namespace}/pods/${where.pod}/exec?${query.toString()}`;
  const options: WebSocket.ClientOptions = { handshakeTimeout: openMs, perMessageDeflate: false };
  await cluster.config.applyToHTTPSOptions(options as Parameters<typeof cluster.config.applyToHTTPSOptions>[0]);
  const socket = new WebSocket(cluster.at.replace(/^http/, 'ws') + path, protocols, options);
  const output = readOutput(socket, cluster.at);
  await opened(socket, cluster.at);
  keepAlive(socket);
  if (input !== undefined) send(socket, input);
  return { output, close: () => socket.terminate() };
}

async function opened(socket: WebSocket, at: string): Promise<void> {
  const done = Promise.withResolvers<void>();
  socket.once('open', () => done.resolve());
  socket.once('error', (error) =>
    done.reject(
      new PalvellaError('engine_failed', `no program could be started in the pod at ${at}: ${error.message}`),
    ),
  );
  socket.once('unexpected-response', (_, answer) => {
    const status = answer.statusCode ?? 0;
    const code = status === 401 || status === 403 ? 'engine_refused' : 'engine_failed';
    done.reject(new PalvellaError(code, `no program could be started in the pod: the cluster answered ${status}`));
    socket.terminate();
  });
  await done.promise;
}

/** Breaks it off where the other side is silent, but for while we do not listen. */
function keepAlive(socket: WebSocket): void {
  let heardAt = performance.now();
  const heard = () => {
    heardAt = performance.now();
  };
  for (const event of ['pong', 'ping', 'message'] as const) socket.on(event, heard);
  const timer = setInterval(() => {
    if (socket.isPaused) heard();
    else if (performance.now() - heardAt > silentMs) socket.terminate();
    else socket.ping();
  }, pingMs);
  socket.once('close', () => clearInterval(timer));
}

function send(socket: WebSocket, input: string | Readable): void {
  const piece = (bytes: Uint8Array) => socket.send(Buffer.concat([Buffer.of(channels.stdin), bytes]));
  const end = () => {
    if (socket.protocol === protocols[0]) socket.send(Buffer.of(channels.close, channels.stdin));
  };
  if (typeof input === 'string') {
    const bytes = Buffer.from(input);
    for (let at = 0; at < bytes.length; at += pieceBytes) piece(bytes.subarray(at, at + pieceBytes));
    end();
    return;
  }
  // A socket that has closed shows where its output is read.
  void pump(input).catch(() => socket.terminate());

  async function pump(stream: Readable): Promise<void> {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      piece(chunk);
      while (socket.bufferedAmount > waitingBytes) await new Promise((resolve) => setTimeout(resolve, 5));
    }
    end();
  }
}

/** As it comes, and no faster than it is read. */
function readOutput(socket: WebSocket, at: string): Exec['output'] {
  const queue: { stream: 'stdout' | 'stderr'; bytes: Buffer }[] = [];
  let waiting = 0;
  let over = false;
  let failure: Error | undefined;
  let wake: () => void = () => undefined;

  socket.on('message', (data) => {
    const message = data as Buffer;
    const channel = message[0];
    if (message.length < 2 || (channel !== channels.stdout && channel !== channels.stderr)) return;
    queue.push({ stream: channel === channels.stdout ? 'stdout' : 'stderr', bytes: message.subarray(1) });
    waiting += message.length;
    if (waiting > waitingBytes) socket.pause();
    wake();
  });
  socket.on('error', (error) => {
    failure = new PalvellaError('engine_failed', `the connection to the pod at ${at} broke off: ${error.message}`);
    wake();
  });
  socket.on('close', () => {
    over = true;
    wake();
  });

  async function* read() {
    for (;;) {
      const next = queue.shift();
      if (next !== undefined) {
        waiting -= next.bytes.length + 1;
        if (waiting <= waitingBytes && socket.isPaused) socket.resume();
        yield next;
      } else if (failure !== undefined) throw failure;
      else if (over) return;
      else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
  }
  return read();
}
