import pg from 'pg';
import { channel, type Event, parseEvent } from './event.ts';

export type { Event } from './event.ts';
export { notify } from './notify.ts';

/** What other processes, and this one, tell of changes in the database. */
export interface Events {
  /** Resolves once changes are heard of. */
  ready(): Promise<void>;
  /** Answers with what ends it. */
  subscribe(listener: (event: Event) => void): () => void;
  close(): Promise<void>;
}

const firstDelayMs = 100;
const longestDelayMs = 5_000;

/** One connection that listens. When it was lost, `resync` tells that changes may have been missed. */
export function createEvents(databaseUrl: string, warn: (message: string, error: unknown) => void = () => {}): Events {
  const listeners = new Set<(event: Event) => void>();
  const firstReady = Promise.withResolvers<void>();
  let client: pg.Client | undefined;
  let timer: NodeJS.Timeout | undefined;
  let delay = firstDelayMs;
  let closed = false;
  let wasLost = false;

  function tell(event: Event): void {
    for (const listener of listeners) {
      try {
        listener(event);
      } catch (error) {
        warn('a listener of events failed', error);
      }
    }
  }

  async function connect(): Promise<void> {
    const next = new pg.Client({ connectionString: databaseUrl, keepAlive: true, connectionTimeoutMillis: 5_000 });
    client = next;
    let over = false;
    const lose = (error?: unknown): void => {
      if (over) return;
      over = true;
      next.end().catch(() => undefined);
      if (closed) return;
      if (!wasLost) warn('the database no longer tells of changes; trying again', error);
      wasLost = true;
      timer = setTimeout(() => void connect(), delay);
      delay = Math.min(delay * 2, longestDelayMs);
    };
    next.on('error', lose);
    next.on('end', () => lose());
    next.on('notification', ({ payload }) => {
      const event = parseEvent(payload ?? '');
      if (event !== undefined) tell(event);
    });
    try {
      await next.connect();
      await next.query(`listen ${channel}`);
    } catch (error) {
      lose(error);
      return;
    }
    delay = firstDelayMs;
    firstReady.resolve();
    if (!wasLost) return;
    wasLost = false;
    tell({ kind: 'resync' });
  }

  void connect();
  return {
    ready: () => firstReady.promise,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      listeners.clear();
      firstReady.resolve();
      await client?.end().catch(() => undefined);
    },
  };
}
