import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Topic } from '../../../core/api/live.ts';
import type { Identity } from '../../../core/permissions.ts';
import { isOwnOrigin } from '../http/origin.ts';
import type { Log } from '../http/problem.ts';
import type { Services } from '../services.ts';
import { createApprovalFeed } from './approval-feed.ts';
import { serveConnection } from './connection.ts';
import { createLogFeed } from './log-feed.ts';
import { createRunFeed } from './run-feed.ts';
import type { End, Subscriber } from './subscriber.ts';

export type LiveServices = Pick<Services, 'url' | 'access' | 'events' | 'runs' | 'approvals' | 'logs'>;

export interface Live {
  /** Ends all connections; clients come again. */
  close(): void;
}

const path = '/api/v1/live';
const mostConnections = 2_000;
const mostMessageBytes = 16 * 1024;
/** So often a client must show that it is there, and that its session or token is still good. */
const checkMs = 30_000;

/** The WebSocket of pages and of `palvella --follow`. */
export function attachLive(server: Server, services: LiveServices, log: Log): Live {
  const failed = (error: unknown): void => log.warn({ err: error }, 'live changes could not be read');
  const sockets = new WebSocketServer({ noServer: true, maxPayload: mostMessageBytes, perMessageDeflate: false });
  const runs = createRunFeed(services.runs, failed);
  const logs = createLogFeed(services.logs, failed);
  const approvals = createApprovalFeed(services.approvals, failed);
  const unsubscribe = services.events.subscribe((event) => {
    for (const feed of [runs, logs, approvals]) feed.hear(event);
  });

  async function start(subscriber: Subscriber, topic: Topic, by: Identity): Promise<End> {
    switch (topic.topic) {
      case 'runs':
        return runs.list(subscriber, topic.pipeline);
      case 'approvals':
        return approvals.count(subscriber, by);
      case 'run':
        return runs.run(subscriber, (await services.runs.find(topic.run)).id);
      case 'log': {
        const { id } = await services.runs.find(topic.run);
        const from = topic.from === undefined ? undefined : Math.max(1, topic.from);
        const place = { runId: id, job: topic.job, action: topic.action };
        return logs.follow(subscriber, place, { from, open: topic.open ?? false });
      }
    }
  }

  async function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    if (request.url?.split('?')[0] !== path) return refuse(socket, 404);
    if (sockets.clients.size >= mostConnections) return refuse(socket, 503);
    const headers = headersOf(request);
    const caller = await services.access.identify(headers);
    if (caller === undefined) return refuse(socket, 401);
    // A browser sends its cookie from any page, and lets any page read the answer.
    if (caller.by === 'cookie' && !isOwnOrigin(headers, services.url)) return refuse(socket, 403);
    sockets.handleUpgrade(request, socket, head, (client) => {
      watch(client, headers);
      const { identity } = caller;
      serveConnection({ socket: client, identity, log, start: (...asked) => start(...asked, identity) });
    });
  }

  function watch(client: WebSocket, headers: Headers): void {
    let heard = true;
    const timer = setInterval(() => {
      if (!heard) return client.terminate();
      heard = false;
      client.ping();
      services.access.identify(headers).then(
        (caller) => {
          if (caller === undefined) client.close(1008, 'the session or token is over');
        },
        // The database is away: nobody can tell, and nothing can be read either.
        () => undefined,
      );
    }, checkMs);
    client.on('pong', () => (heard = true));
    client.on('close', () => clearInterval(timer));
  }

  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const broken = () => socket.destroy();
    socket.on('error', broken);
    upgrade(request, socket, head).catch((error: unknown) => {
      log.warn({ err: error }, 'a live connection was refused');
      refuse(socket, 503);
    });
  });

  return {
    close() {
      unsubscribe();
      for (const feed of [runs, logs, approvals]) feed.end();
      for (const client of sockets.clients) {
        client.close(1001, 'the server ends');
        setTimeout(() => client.terminate(), 500).unref();
      }
      sockets.close();
    },
  };
}

function refuse(socket: Duplex, status: 401 | 403 | 404 | 503): void {
  const words = { 401: 'Unauthorized', 403: 'Forbidden', 404: 'Not Found', 503: 'Service Unavailable' };
  socket.end(`HTTP/1.1 ${status} ${words[status]}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}

function headersOf({ rawHeaders }: IncomingMessage): Headers {
  const headers = new Headers();
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) headers.append(rawHeaders[at] ?? '', rawHeaders[at + 1] ?? '');
  return headers;
}
