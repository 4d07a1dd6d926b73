import type { Pool, PoolClient } from 'pg';
import { PalvellaError } from '../../core/errors.ts';
import type { JsonObject } from '../../core/json.ts';
import type { TriggerSource } from '../../core/language/schema-trigger.ts';
import { storableJson, storableText } from '../../prisma/storable.ts';
import { uuid7 } from '../../prisma/uuid7.ts';
import { eventText } from '../events/event.ts';

export interface NewDelivery {
  /** Name of the Trigger. */
  trigger: string;
  source: TriggerSource;
  /** The same when the same is sent again: it counts once for each Trigger. At most 300 characters. */
  key: string;
  /** SHA-256 of what was signed, where the key is not: equal content counts once, too. */
  digest?: string | undefined;
  event: string;
  /** `trigger.*` in expressions, but for name, source, event, delivery and payload. */
  facts: JsonObject;
  headers?: Readonly<Record<string, string>> | undefined;
  /** JSON text. */
  payload: string;
  /** Name of an identity, or what signed it. */
  sentBy: string;
  /** Id of the delivery that is sent again. */
  resendOf?: string | undefined;
}

export interface Received {
  id: string;
  /** False where it was there already. */
  isNew: boolean;
}

/** Where everything that starts runs by itself arrives: first a row, then an answer, later a decision. */
export interface Inbox {
  /** Within a transaction where `at` is one; whoever decides is told once that is committed. */
  receive(delivery: NewDelivery, at?: Pool | PoolClient): Promise<Received>;
}

const longestKey = 300;

export function createInbox({ pool }: { pool: Pool }): Inbox {
  return {
    receive: async (delivery, at = pool) => {
      const key = storableText(delivery.key);
      if (key === '' || key.length > longestKey) {
        throw new PalvellaError('invalid_request', `The id of a delivery has 1 to ${longestKey} characters.`);
      }
      const inserted = await insert(at, { ...delivery, key });
      if (inserted !== undefined) return { id: inserted, isNew: true };
      return { id: await earlier(at, { ...delivery, key }), isNew: false };
    },
  };
}

async function insert(at: Pool | PoolClient, delivery: NewDelivery): Promise<string | undefined> {
  const id = uuid7();
  const { trigger, source, key, digest, event, facts, headers = {}, payload, sentBy, resendOf } = delivery;
  const { rows } = await at.query<{ id: string }>({
    name: 'receive-delivery',
    text: `with received as (
        insert into deliveries (id, trigger, source, key, digest, event, facts, headers, payload, "sentBy", "resendOf", "receivedAt")
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, clock_timestamp())
        on conflict do nothing returning id
      ), told as (select pg_notify('palvella', $12) from received)
      select received.id from received, told`,
    values: [
      id,
      trigger,
      source,
      key,
      digest ?? null,
      storableText(event),
      storableJson(facts),
      storableJson(headers),
      payload,
      sentBy,
      resendOf ?? null,
      eventText({ kind: 'delivery', delivery: id, trigger }),
    ],
  });
  return rows[0]?.id;
}

async function earlier(at: Pool | PoolClient, { trigger, key, digest, payload }: NewDelivery): Promise<string> {
  const { rows } = await at.query<{ id: string; isSame: boolean }>(
    `select id, digest = $3 or payload = $4 as "isSame" from deliveries
     where trigger = $1 and (key = $2 or digest = $3) order by id limit 2`,
    [trigger, key, digest ?? null, payload],
  );
  const same = rows.find(({ isSame }) => isSame);
  if (same !== undefined) return same.id;
  throw new PalvellaError('conflict', 'Something else was sent under this id already.', {
    remedy: 'Give each delivery an id of its own.',
  });
}
