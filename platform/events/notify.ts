import type { Pool, PoolClient } from 'pg';
import { channel, type Event, eventText } from './event.ts';

/** Tells every process what changed; within a transaction, once that is committed. */
export async function notify(at: Pick<Pool | PoolClient, 'query'>, event: Event): Promise<void> {
  await at.query({ name: 'notify', text: 'select pg_notify($1, $2)', values: [channel, eventText(event)] });
}
