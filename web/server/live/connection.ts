import type { WebSocket } from 'ws';
import { ClientMessage, type ServerMessage, type Topic } from '../../../core/api/live.ts';
import { PalvellaError } from '../../../core/errors.ts';
import { allowed, type Identity, type PermissionMethod, refusedRight } from '../../../core/permissions.ts';
import { type Log, problemOf } from '../http/problem.ts';
import type { End, Subscriber } from './subscriber.ts';

/** A page has a few; a client that wants more is no page. */
const mostSubscriptions = 200;
const mostWaiting = 1_000;
const busyBytes = 1024 * 1024;
const readyBytes = 256 * 1024;
const lookMs = 20;
const notOurs = 'this is no message of ours';

/** The right that each topic needs. */
const topicPermissions = {
  runs: 'runRead',
  run: 'runRead',
  approvals: 'runRead',
  log: 'logRead',
} as const satisfies Record<Topic['topic'], PermissionMethod>;

export interface ConnectionParts {
  socket: WebSocket;
  identity: Identity;
  log: Log;
  /** Begins what a topic asks for. */
  start(subscriber: Subscriber, topic: Topic): Promise<End>;
}

/** What one client subscribes to, and what it is sent. */
export function serveConnection({ socket, identity, log, start }: ConnectionParts): void {
  const subscriptions = new Map<string, { end: End | undefined; over: boolean }>();
  let waiting = 0;
  let turn = Promise.resolve();

  function sendText(text: string): void {
    if (socket.readyState === socket.OPEN) socket.send(text);
  }

  function subscriberOf(id: string, state: { over: boolean }): Subscriber {
    const isGone = () => state.over || socket.readyState !== socket.OPEN;
    return {
      id,
      send: (message) => {
        if (!state.over) sendText(JSON.stringify(message));
      },
      sendRun: (json) => {
        if (!state.over) sendText(`{"type":"run","id":${JSON.stringify(id)},"run":${json}}`);
      },
      isBusy: () => socket.bufferedAmount > busyBytes,
      whenReady: async () => {
        if (socket.bufferedAmount <= busyBytes) return;
        while (!isGone() && socket.bufferedAmount > readyBytes) await new Promise((done) => setTimeout(done, lookMs));
      },
    };
  }

  function stop(id: string): void {
    const state = subscriptions.get(id);
    if (state === undefined) return;
    state.over = true;
    state.end?.();
    subscriptions.delete(id);
  }

  async function subscribe(id: string, topic: Topic): Promise<void> {
    stop(id);
    const permission = topicPermissions[topic.topic];
    if (!allowed(identity, permission)) {
      throw new PalvellaError('forbidden', refusedRight(identity, permission).message);
    }
    if (subscriptions.size >= mostSubscriptions) {
      throw new PalvellaError('too_large', `One connection has at most ${mostSubscriptions} subscriptions.`);
    }
    const state: { end: End | undefined; over: boolean } = { end: undefined, over: false };
    subscriptions.set(id, state);
    try {
      state.end = await start(subscriberOf(id, state), topic);
    } catch (error) {
      if (subscriptions.get(id) === state) subscriptions.delete(id);
      throw error;
    }
    if (state.over) state.end();
  }

  async function receive(text: string): Promise<void> {
    const message = parse(text);
    if (message === undefined) {
      socket.close(1008, notOurs);
      return;
    }
    if (message.type === 'unsubscribe') {
      stop(message.id);
      return;
    }
    try {
      await subscribe(message.id, message.topic);
    } catch (error) {
      const { code, detail } = problemOf(error, log);
      sendText(JSON.stringify({ type: 'error', id: message.id, code, detail } satisfies ServerMessage));
    }
  }

  socket.on('message', (data, isBinary) => {
    if (isBinary || waiting >= mostWaiting) {
      socket.close(1008, isBinary ? notOurs : 'too much at once');
      return;
    }
    waiting += 1;
    // One after the other: an unsubscribe must not overtake its subscribe.
    turn = turn.then(() => receive(String(data as Buffer))).finally(() => (waiting -= 1));
  });
  socket.on('close', () => {
    for (const id of subscriptions.keys()) stop(id);
  });
  socket.on('error', () => socket.terminate());
}

function parse(text: string): ClientMessage | undefined {
  try {
    return ClientMessage.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
