import type { Approvals } from '../../../platform/approvals/index.ts';
import type { Event } from '../../../platform/events/index.ts';
import { createPace } from './pace.ts';
import type { End, Subscriber } from './subscriber.ts';

export interface ApprovalFeed {
  count(subscriber: Subscriber): End;
  hear(event: Event): void;
  end(): void;
}

/** Tells how many approvals are pending whenever one was asked for, decided or closed. */
export function createApprovalFeed(
  approvals: Pick<Approvals, 'countPending'>,
  failed: (error: unknown) => void,
): ApprovalFeed {
  const subscribers = new Map<Subscriber, { behind: boolean }>();
  const pace = createPace(async () => {
    const wanting = [...subscribers].filter(([, state]) => state.behind);
    if (wanting.length === 0) return;
    const pending = await approvals.countPending();
    for (const [subscriber, state] of wanting) {
      state.behind = false;
      subscriber.send({ type: 'approvals', id: subscriber.id, pending });
    }
  }, failed);

  return {
    count(subscriber) {
      subscribers.set(subscriber, { behind: true });
      pace.wake();
      return () => void subscribers.delete(subscriber);
    },
    hear(event) {
      if (event.kind !== 'approvals' && event.kind !== 'resync') return;
      for (const state of subscribers.values()) state.behind = true;
      pace.wake();
    },
    end: pace.end,
  };
}
