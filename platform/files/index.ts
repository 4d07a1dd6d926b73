import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { Pool } from 'pg';
import type { StoredFile } from '../../core/api/objects.ts';
import { errorCode, PalvellaError } from '../../core/errors.ts';
import { isStoreKey } from '../../core/store-key.ts';
import { like } from '../../prisma/like.ts';
import { transaction } from '../../prisma/transaction.ts';
import { fileChanged } from '../approvals/content.ts';
import type { Blobs } from '../blobs/contract.ts';

/** What runs store. A run that retries another has rows of its own for the same content. */
export interface Files {
  /** A Job may replace what it stored itself, in an earlier try, and nothing else. */
  put(file: { runId: string; key: string; jobPath: string }, content: AsyncIterable<Uint8Array>): Promise<void>;
  /** All of it, or bytes from `start` up to, not including, `end`; `size` is that of the whole. */
  get(runId: string, key: string, range?: { start: number; end: number }): Promise<{ size: number; content: Readable }>;
  /** Keys of what these Jobs of a run stored and whose content is not there any more. */
  lost(runId: string, jobPaths: readonly string[]): Promise<{ key: string; jobPath: string }[]>;
  /** By key; `after` is the last of the page before, `q` a part of the key. */
  list(
    runId: string,
    page: { after?: string | undefined; limit: number; q?: string | undefined; key?: string | undefined },
  ): Promise<StoredFile[]>;
  /** How many the run has, and their bytes. */
  totals(runId: string): Promise<{ count: number; size: number }>;
}

const lookedAtOnce = 50;

export function createFiles({ pool, blobs }: { pool: Pool; blobs: Blobs }): Files {
  async function find(
    runId: string,
    key: string,
  ): Promise<{ blob: string; size: number; jobPath: string } | undefined> {
    checkKey(key);
    const { rows } = await pool.query<{ blob: string; size: number; jobPath: string }>(
      'select blob, size::float8 as size, "jobPath" from stored_files where "runId" = $1 and key = $2',
      [runId, key],
    );
    return rows[0];
  }

  /** The content may be another run's, too. */
  async function removeUnused(blob: string): Promise<void> {
    const { rows } = await pool.query('select from stored_files where blob = $1 limit 1', [blob]);
    if (rows.length === 0) await blobs.remove(blob);
  }

  return {
    async put({ runId, key, jobPath }, content) {
      const there = await find(runId, key);
      if (there !== undefined && there.jobPath !== jobPath) throw takenBy(key, there.jobPath);
      const blob = `file-${randomUUID()}`;
      const { size, sha256 } = await blobs.put(blob, content);
      const replaced = await transaction(pool, async (client) => {
        const old = await client.query<{ blob: string; jobPath: string }>(
          'select blob, "jobPath" from stored_files where "runId" = $1 and key = $2 for update',
          [runId, key],
        );
        const stored = await client.query(
          `insert into stored_files ("runId", key, "jobPath", size, sha256, blob) values ($1, $2, $3, $4, $5, $6)
           on conflict ("runId", key) do update set size = excluded.size, sha256 = excluded.sha256, blob = excluded.blob,
             "storedAt" = now() where stored_files."jobPath" = excluded."jobPath"
           returning 1`,
          [runId, key, jobPath, size, sha256, blob],
        );
        if (stored.rows.length === 0) throw takenBy(key, old.rows[0]?.jobPath ?? 'another');
        if (old.rows.length > 0) await fileChanged(client, runId, key);
        return old.rows[0]?.blob;
      }).catch(async (error: unknown) => {
        // A commit may have been done though its answer was lost, so the rows decide.
        await removeUnused(blob).catch(() => undefined);
        throw error;
      });
      if (replaced !== undefined) await removeUnused(replaced);
    },

    async get(runId, key, range) {
      const file = await find(runId, key);
      if (file === undefined) throw new PalvellaError('not_found', `The run has stored no file ${key}.`);
      return { size: file.size, content: await blobs.get(file.blob, range) };
    },

    async lost(runId, jobPaths) {
      const { rows } = await pool.query<{ key: string; jobPath: string; blob: string }>(
        'select key, "jobPath", blob from stored_files where "runId" = $1 and "jobPath" = any($2) order by key',
        [runId, jobPaths],
      );
      const lost: { key: string; jobPath: string }[] = [];
      for (let from = 0; from < rows.length; from += lookedAtOnce) {
        const some = rows.slice(from, from + lookedAtOnce);
        const isThere = await Promise.all(some.map(({ blob }) => exists(blobs, blob)));
        lost.push(...some.filter((_, at) => !isThere[at]).map(({ key, jobPath }) => ({ key, jobPath })));
      }
      return lost;
    },

    async list(runId, { after, limit, q, key }) {
      const { rows } = await pool.query<Omit<StoredFile, 'storedAt'> & { storedAt: Date }>(
        `select key, size::float8 as size, sha256, "storedAt", "jobPath" from stored_files
         where "runId" = $1 and ($2::text is null or key > $2) and ($4::text is null or key = $4) and key ilike $5
         order by key limit $3`,
        [runId, after ?? null, limit, key ?? null, like(q)],
      );
      return rows.map((row) => ({ ...row, storedAt: row.storedAt.toISOString() }));
    },

    async totals(runId) {
      const { rows } = await pool.query<{ count: number; size: number }>(
        `select count(*)::int as count, coalesce(sum(size), 0)::float8 as size from stored_files where "runId" = $1`,
        [runId],
      );
      return rows[0] ?? { count: 0, size: 0 };
    },
  };
}

async function exists(blobs: Blobs, name: string): Promise<boolean> {
  try {
    await blobs.size(name);
    return true;
  } catch (error) {
    if (errorCode(error) === 'not_found') return false;
    throw error;
  }
}

function checkKey(key: string): void {
  if (isStoreKey(key)) return;
  throw new PalvellaError('invalid_request', `${JSON.stringify(key.slice(0, 100))} is no store key.`, {
    remedy: 'A store key is segments of letters, digits, _ . and - joined by /, none of them . or ..',
  });
}

function takenBy(key: string, jobPath: string): PalvellaError {
  return new PalvellaError('conflict', `The Job ${jobPath} of this run has stored ${key} already.`, {
    remedy: 'Store it under another key.',
  });
}
