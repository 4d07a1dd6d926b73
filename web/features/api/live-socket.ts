import type { ClientMessage, ServerMessage, Topic } from '../../../core/api/live.ts';

export type LiveState = 'connecting' | 'open' | 'lost';

/** The part of a browser's WebSocket that is used, so that a test can give its own. */
export interface Socket {
  send(text: string): void;
  close(): void;
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: (() => void) | null;
}

/** `isPresent`: it answers the subscription with what is there now; what comes after it are changes. */
export type Receive = (message: ServerMessage, isPresent: boolean) => void;

export interface LiveSocket {
  /** `topic` is asked for again at each reconnect, so a log can go on where it stopped. */
  subscribe(topic: () => Topic, receive: Receive): () => void;
  /** All that join the same topic share one subscription. Who joins later is told of changes alone. */
  join(topic: Topic, receive: Receive): () => void;
  state(): LiveState;
  /** Tells of each change of `state`. */
  watch(listener: () => void): () => void;
  /** Does not wait for the next attempt. */
  reconnect(): void;
  close(): void;
}

interface Subscription {
  topic: () => Topic;
  receive: Receive;
  answered: boolean;
}

const firstDelayMs = 250;
const longestDelayMs = 10_000;
/** What the server could not answer, as its database was away, is asked for again after this. */
const againMs = 1_000;
const refusals: ReadonlySet<string> = new Set(['not_found', 'forbidden', 'invalid_request', 'too_large']);

/** The one socket of a page. It connects at once and again whenever it was lost, then subscribes anew. */
export function createLiveSocket(open: () => Socket): LiveSocket {
  const subscriptions = new Map<string, Subscription>();
  const joined = new Map<string, { receivers: Set<Receive>; end: () => void }>();
  const watchers = new Set<() => void>();
  let state: LiveState = 'connecting';
  let socket: Socket | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let delay = firstDelayMs;
  let nextId = 1;
  let closed = false;

  function enter(next: LiveState) {
    if (state === next) return;
    state = next;
    for (const watcher of watchers) watcher();
  }

  function ask(id: string, subscription: Subscription) {
    subscription.answered = false;
    send({ type: 'subscribe', id, topic: subscription.topic() });
  }

  function subscribe(topic: () => Topic, receive: Receive) {
    const id = String(nextId++);
    const subscription = { topic, receive, answered: false };
    subscriptions.set(id, subscription);
    ask(id, subscription);
    return () => {
      subscriptions.delete(id);
      send({ type: 'unsubscribe', id });
    };
  }

  function send(message: ClientMessage) {
    if (state === 'open') socket?.send(JSON.stringify(message));
  }

  function connect() {
    clearTimeout(timer);
    const current = open();
    socket = current;
    current.onopen = () => {
      if (socket !== current) return current.close();
      delay = firstDelayMs;
      enter('open');
      for (const [id, subscription] of subscriptions) ask(id, subscription);
    };
    current.onmessage = (event) => {
      const message = JSON.parse(String(event.data)) as ServerMessage;
      const subscription = subscriptions.get(message.id);
      if (subscription === undefined) return;
      if (message.type === 'error' && !refusals.has(message.code)) {
        setTimeout(() => {
          if (socket === current && subscriptions.has(message.id)) ask(message.id, subscription);
        }, againMs);
        return;
      }
      const isPresent = !subscription.answered;
      subscription.answered = true;
      subscription.receive(message, isPresent);
    };
    current.onclose = () => {
      if (closed || socket !== current) return;
      enter('lost');
      timer = setTimeout(connect, delay * (0.5 + Math.random() / 2));
      delay = Math.min(delay * 2, longestDelayMs);
    };
  }

  connect();
  return {
    subscribe,
    join(topic, receive) {
      const key = JSON.stringify(topic);
      const receivers = joined.get(key)?.receivers ?? new Set();
      receivers.add(receive);
      if (!joined.has(key)) {
        const end = subscribe(
          () => topic,
          (message, isPresent) => {
            for (const each of receivers) each(message, isPresent);
          },
        );
        joined.set(key, { receivers, end });
      }
      return () => {
        receivers.delete(receive);
        if (receivers.size > 0 || joined.get(key)?.receivers !== receivers) return;
        joined.get(key)?.end();
        joined.delete(key);
      };
    },
    state: () => state,
    watch(listener) {
      watchers.add(listener);
      return () => watchers.delete(listener);
    },
    reconnect() {
      if (state === 'lost') connect();
    },
    close() {
      closed = true;
      clearTimeout(timer);
      socket?.close();
    },
  };
}
