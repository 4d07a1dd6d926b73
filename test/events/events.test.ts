import { beforeAll, expect, test } from 'vitest';
import { createEvents, type Event, notify } from '../../platform/events/index.ts';
import { transaction } from '../../prisma/transaction.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});

async function listen(): Promise<{ heard: Event[]; close(): Promise<void> }> {
  const events = createEvents(db.url);
  await events.ready();
  const heard: Event[] = [];
  events.subscribe((event) => heard.push(event));
  return { heard, close: events.close };
}

test('what is told is heard by all, in order; within a transaction once that is committed', async () => {
  const [a, b] = [await listen(), await listen()];
  await transaction(db.pool, async (client) => {
    await notify(client, { kind: 'log', key: 'x' });
    await notify(db.pool, { kind: 'approvals' });
    await expect.poll(() => a.heard).toEqual([{ kind: 'approvals' }]);
  });
  await transaction(db.pool, async (client) => {
    await notify(client, { kind: 'log', key: 'lost' });
    throw new Error('rolled back');
  }).catch(() => undefined);
  await notify(db.pool, { kind: 'run', run: 'r', pipeline: 'p' });
  const all = [{ kind: 'approvals' }, { kind: 'log', key: 'x' }, { kind: 'run', run: 'r', pipeline: 'p' }];
  await expect.poll(() => [a.heard, b.heard]).toEqual([all, all]);
  await Promise.all([a.close(), b.close()]);
});

test('a name too long to be told makes everybody look', async () => {
  const one = await listen();
  await notify(db.pool, { kind: 'log', key: 'é'.repeat(5_000) });
  await expect.poll(() => one.heard).toEqual([{ kind: 'resync' }]);
  await one.close();
});

test('a connection that was lost is made again, and everybody looks', async () => {
  const one = await listen();
  await db.pool.query(`select pg_terminate_backend(pid) from pg_stat_activity where query = 'listen palvella'`);
  await expect.poll(() => one.heard, { timeout: 10_000 }).toContainEqual({ kind: 'resync' });
  await notify(db.pool, { kind: 'approvals' });
  await expect.poll(() => one.heard.at(-1)).toEqual({ kind: 'approvals' });
  await one.close();
});

test('what is none of ours is not heard', async () => {
  const one = await listen();
  for (const text of ['', 'x', '{}', '{"kind":"other"}', 'null']) {
    await db.pool.query(`select pg_notify('palvella', $1)`, [text]);
  }
  await notify(db.pool, { kind: 'approvals' });
  await expect.poll(() => one.heard).toEqual([{ kind: 'approvals' }]);
  await one.close();
});
