import type { Identity } from '../../../core/permissions.ts';
import type { Approvals } from '../../../platform/approvals/index.ts';
import type { Event } from '../../../platform/events/index.ts';
import { createPace } from './pace.ts';
import type { End, Subscriber } from './subscriber.ts';

export interface ApprovalFeed {
  count(subscriber: Subscriber, by: Identity): End;
  hear(event: Event): void;
  end(): void;
}

/** Tells each how many approvals wait for them whenever one was asked for, decided or closed; read once for all who are the same. */
export function createApprovalFeed(
  approvals: Pick<Approvals, 'countMine'>,
  failed: (error: unknown) => void,
): ApprovalFeed {
  const subscribers = new Map<Subscriber, { by: Identity; behind: boolean }>();
  const pace = createPace(async () => {
    const wanting = [...subscribers].filter(([, state]) => state.behind);
    for (const same of Map.groupBy(wanting, ([, { by }]) => JSON.stringify([by.name, by.roles])).values()) {
      const [, { by }] = same[0] as (typeof same)[number];
      const pending = await approvals.countMine(by);
      for (const [subscriber, state] of same) {
        state.behind = false;
        subscriber.send({ type: 'approvals', id: subscriber.id, pending });
      }
    }
  }, failed);

  return {
    count(subscriber, by) {
      subscribers.set(subscriber, { by, behind: true });
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
