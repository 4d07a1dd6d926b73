import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll } from 'vitest';
import type { ActionKey } from '../../core/keys.ts';
import { type Blobs, createFileBlobs } from '../../platform/blobs/index.ts';
import { createLogs, type Logs } from '../../platform/logs/index.ts';
import { uuid7 } from '../../prisma/uuid7.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

export interface LogSetting {
  db: TestDatabase;
  blobs: Blobs;
  logs: Logs;
  /** What went wrong behind the sweep's back. */
  warnings: string[];
  newKey(): ActionKey;
  text(key: ActionKey): Promise<Buffer>;
  /** Closed logs of any size, as if they were large. */
  compactAll(): Promise<void>;
}

/** Logs on a real database and files. Call it in `beforeAll`. */
export async function createLogSetting(): Promise<LogSetting> {
  const db = await testDatabase();
  const folder = await mkdtemp(join(tmpdir(), 'palvella-logs-'));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const blobs = createFileBlobs(folder);
  const warnings: string[] = [];
  const logs = createLogs({ pool: db.pool, blobs, warn: (message) => void warnings.push(message) });
  await db.pool.query(`insert into plans (id, body) values ('p', '{}')`);
  return {
    db,
    blobs,
    logs,
    warnings,
    newKey: () => ({ runId: uuid7(), jobPath: 'a/b[0]', jobAttempt: 1, action: 'step', attempt: 1 }),
    text: async (key) => {
      const { runId, jobPath, action } = key;
      await db.pool.query(
        `insert into runs (id, pipeline, number, version, "planId", parameters, "startedBy")
         values ($1::uuid, $1::text, 1, 1, 'p', '{}', 'x') on conflict do nothing`,
        [runId],
      );
      return buffer(logs.text([{ runId, job: jobPath, action }]));
    },
    compactAll: async () => {
      await db.pool.query(`update logs set bytes = bytes + 100000000 where "closedAt" is not null and blob is null`);
      while ((await logs.compactPending()) > 0);
      await db.pool.query('update logs set bytes = bytes - 100000000 where bytes >= 100000000');
    },
  };
}
