import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll } from 'vitest';
import { type Database, openDatabase } from '../../prisma/database.ts';
import { migrate } from '../../prisma/migrate.ts';
import { startPostgres } from './postgres.ts';

export { freePort, startPostgres } from './postgres.ts';

const ends: (() => Promise<void>)[] = [];
// Registered as the file is read: a hook that is registered within a hook never runs.
afterAll(async () => {
  for (const end of ends.reverse()) await end();
});

/** Done when the test file has ended, the newest first. */
export function atEnd(end: () => Promise<void>): void {
  ends.push(end);
}

export interface TestDatabase extends Database {
  url: string;
}

/** A fresh migrated database on a PostgreSQL of its own, for one test file; call it in `beforeAll`. */
export async function testDatabase(): Promise<TestDatabase> {
  const server = await startPostgres();
  const db = openDatabase(server.url);
  atEnd(async () => {
    await db.close();
    await server.stop();
  });
  await migrate(db.pool);
  return { ...db, url: server.url };
}

/** An empty database beside the one that `url` names. */
export async function emptyDatabase(url: string): Promise<string> {
  const name = `d${randomBytes(6).toString('hex')}`;
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  return url.replace(/[^/]+$/, name);
}
