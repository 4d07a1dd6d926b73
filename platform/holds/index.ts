import type { Client } from '@temporalio/client';
import type { Pool } from 'pg';
import type { Decision } from '../../core/decide-holds.ts';
import type { Hold, HoldAnswer } from '../../core/holds.ts';
import {
  type Asking,
  type GivenUp,
  type HoldKey,
  type HoldNews,
  holdRepository,
} from '../../prisma/repositories/holds.ts';
import { createKeeper } from './keeper.ts';
import { reasonsOf } from './reasons.ts';

/**
 * Locks and places in groups. What is asked for and given back is first a row, then a signal to the keeper; what that
 * decides is first in the row, then a signal to whoever asked. So each may be said again, and a keeper that is gone
 * begins anew from the rows.
 */
export interface Holds {
  ask(asking: Asking): Promise<HoldAnswer>;
  release(key: HoldKey): Promise<void>;
  /** Those that have or want something. */
  read(ids: readonly number[], after: number): Promise<Hold[]>;
  settle(decision: Decision): Promise<void>;
  /** Takes back what ended runs left, and says again what may not have been heard. */
  sweep(): Promise<void>;
  /** Takes one lock from whoever has it, who goes on without. False where nobody has it. */
  releaseByForce(lock: string): Promise<boolean>;
}

/** What was settled longer ago than this should have been heard. */
const unheardSeconds = 10;

export function createHolds({ pool, client }: { pool: Pool; client: Client }): Holds {
  const holds = holdRepository(pool);
  const keeper = createKeeper({ client });

  async function say(news: HoldNews): Promise<void> {
    if (news.stop === null) await keeper.wake(news);
    // One that is not there yet reads it when it asks.
    else if (await keeper.stop({ ...news, stop: news.stop })) await holds.markStopHeard(news.id);
  }

  /** What was given up is in its row until the keeper has heard of it: a keeper never looks again by itself. */
  async function tellOf(given: readonly GivenUp[]): Promise<void> {
    if (given.length === 0) return;
    await keeper.tell(given.map(({ id }) => id));
    await holds.markTold(given);
  }

  async function ask(asking: Asking): Promise<HoldAnswer> {
    const found = await holds.ask(asking);
    if (found === undefined) return { state: 'ended', reason: 'The run has ended.' };
    if (found.state === 'released') {
      await tellOf([{ id: found.id, isReleased: true }]);
      return await ask(asking);
    }
    if (found.state === 'waiting') await keeper.tell([found.id]);
    return found;
  }

  return {
    ask,
    release: async (key) => {
      const id = await holds.release(key);
      if (id !== undefined) await tellOf([{ id, isReleased: true }]);
    },
    read: holds.read,
    settle: async (decision) => {
      const reasons = await reasonsOf(decision, holds.named);
      const news = await holds.settle({ granted: decision.granted, ...reasons });
      await Promise.all(news.map(say));
    },
    sweep: async () => {
      await holds.releaseLeft();
      await tellOf(await holds.untold());
      await Promise.all((await holds.unheard(unheardSeconds)).map(say));
      if (await holds.any()) await keeper.ensure();
    },
    releaseByForce: async (lock) => {
      const id = await holds.drop(lock);
      if (id !== undefined) await tellOf([{ id, isReleased: false }]);
      return id !== undefined;
    },
  };
}
