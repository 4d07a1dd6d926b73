import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { PalvellaError } from '../../core/errors.ts';
import { sourceOf, type TriggerSource } from '../../core/language/schema-trigger.ts';
import { isUuid } from '../../prisma/uuid7.ts';
import { missing } from '../definitions/read.ts';
import { noFacts } from './facts.ts';
import type { Inbox, NewDelivery, Received } from './inbox.ts';
import { savedTrigger } from './saved.ts';

interface Call {
  /** JSON text. */
  payload: string;
  /** Name of the identity that calls. */
  by: string;
  /** Calls with one key by one identity are one delivery. */
  idempotencyKey?: string | undefined;
}

/** What people and programs with an account send. */
export interface Calls {
  /** For Triggers that take `rest` or `manual`. */
  call(trigger: string, call: Call): Promise<Received>;
  /** A new delivery of what was received before. */
  resend(delivery: string, again: Omit<Call, 'payload'>): Promise<Received>;
}

const callable: ReadonlySet<TriggerSource> = new Set<TriggerSource>(['rest', 'manual']);

export function createCalls({ pool, inbox }: { pool: Pool; inbox: Inbox }): Calls {
  return {
    call: async (trigger, { payload, by, idempotencyKey }) => {
      const spec = await savedTrigger(pool, trigger);
      if (spec === undefined) throw await missing(pool, 'Trigger', trigger);
      const source = sourceOf(spec);
      if (!callable.has(source)) {
        throw new PalvellaError('conflict', `The Trigger ${trigger} takes ${source}, so it cannot be called.`, {
          remedy: 'Give it rest or manual instead, or send one of its deliveries again.',
        });
      }
      const facts = { ...noFacts, sender: by };
      const key = keyOf(by, idempotencyKey);
      return inbox.receive({ trigger, source, key, event: source, facts, payload, sentBy: by });
    },

    resend: async (delivery, { by, idempotencyKey }) => {
      const { rows } = isUuid(delivery)
        ? await pool.query<Omit<NewDelivery, 'key' | 'sentBy'>>(
            'select trigger, source, event, facts, headers, payload from deliveries where id = $1',
            [delivery],
          )
        : { rows: [] };
      if (rows[0] === undefined) throw new PalvellaError('not_found', `There is no delivery ${delivery}.`);
      const key = `${delivery}\n${keyOf(by, idempotencyKey)}`;
      return inbox.receive({ ...rows[0], key, sentBy: by, resendOf: delivery });
    },
  };
}

/** A line end is in no header, so that no two keys become one, and none that of a webhook's. */
function keyOf(by: string, idempotencyKey: string | undefined): string {
  return `${by}\n${idempotencyKey ?? randomUUID()}`;
}
