import type { Event } from '../../../platform/events/index.ts';
import { type LogPlace, type Logs, parseActionKey, type ReadPage } from '../../../platform/logs/index.ts';
import { createPace } from './pace.ts';
import type { End, Subscriber } from './subscriber.ts';

export interface LogFeed {
  follow(subscriber: Subscriber, place: LogPlace, options: { from: number | undefined; open: boolean }): End;
  hear(event: Event): void;
  end(): void;
}

const pageLines = 500;
/** Lines of a busy log are gathered for so long. */
const gatherMs = 20;

interface Follower {
  runId: string;
  /** Lines have been seen; until then news of the run may be news of the log. */
  hasLines: boolean;
  wake(): void;
  end(): void;
}

/** Follows logs by line number, so that whatever is told or not, no line is sent twice or left out. */
export function createLogFeed(logs: Pick<Logs, 'newest' | 'page'>, failed: (error: unknown) => void): LogFeed {
  const followers = new Map<string, Set<Follower>>();

  function start(subscriber: Subscriber, place: LogPlace, from: number | undefined, open: boolean): Follower {
    let next = from;
    let key: string | undefined;
    let openText: string | undefined;
    let sent = '';
    const follower: Follower = { runId: place.runId, hasLines: false, wake: () => pace.wake(), end: () => pace.end() };

    async function read(): Promise<ReadPage> {
      const found = follower.hasLines ? undefined : await logs.newest(place);
      key ??= found?.key;
      if (key === undefined) return { lines: [], total: 0, closed: found?.ended ?? false, open: false };
      if (next === undefined) {
        const { total, open: grows } = await logs.page(key, { from: Number.MAX_SAFE_INTEGER, limit: 1 });
        next = Math.max(1, grows ? total : total + 1);
      }
      const page = await logs.page(key, { from: next, limit: pageLines });
      follower.hasLines ||= page.total > 0;
      return page.total === 0 && found?.ended === true ? { ...page, closed: true } : page;
    }

    /** Sends what is new; answers with whether there is more at once. */
    async function step(): Promise<boolean> {
      await subscriber.whenReady();
      const page = await read();
      const { lines, total, closed } = page;
      const last = page.open ? lines.pop() : undefined;
      next = (lines.at(-1)?.n ?? (next ?? 1) - 1) + 1;
      const shown = open && last !== undefined && last.text !== openText ? [...lines, last] : lines;
      if (open) openText = last?.text;
      const count = page.open && !open ? total - 1 : total;
      const news = `${count} ${closed}`;
      if (shown.length > 0 || news !== sent) {
        sent = news;
        subscriber.send({ type: 'log', id: subscriber.id, lines: shown, total: count, closed });
      }
      const isWhole = next > (page.open ? total - 1 : total);
      if (closed && isWhole) follower.end();
      return !isWhole && lines.length > 0;
    }

    const pace = createPace(
      async () => {
        while (await step());
      },
      failed,
      gatherMs,
    );
    return follower;
  }

  return {
    follow(subscriber, place, { from, open }) {
      const follower = start(subscriber, place, from, open);
      const name = nameOf(place);
      const of = followers.get(name) ?? new Set();
      followers.set(name, of.add(follower));
      follower.wake();
      return () => {
        follower.end();
        of.delete(follower);
        if (of.size === 0 && followers.get(name) === of) followers.delete(name);
      };
    },
    hear(event) {
      if (followers.size === 0 || event.kind === 'approvals' || event.kind === 'delivery') return;
      if (event.kind === 'log') {
        const key = parseActionKey(event.key);
        if (key === undefined) return;
        const of = followers.get(nameOf({ runId: key.runId, job: key.jobPath, action: key.action })) ?? [];
        for (const follower of of) follower.wake();
        return;
      }
      for (const of of followers.values()) {
        for (const follower of of) {
          if (event.kind === 'resync' || (!follower.hasLines && follower.runId === event.run)) follower.wake();
        }
      }
    },
    end() {
      for (const of of followers.values()) for (const follower of of) follower.end();
    },
  };
}

function nameOf({ runId, job, action }: LogPlace): string {
  return `${runId}\n${job}\n${action}`;
}
