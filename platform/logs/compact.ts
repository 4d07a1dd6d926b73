import type { Pool } from 'pg';
import { transaction } from '../../prisma/transaction.ts';
import type { Blobs } from '../blobs/contract.ts';
import { archive } from './archive.ts';
import type { Piece } from './piece.ts';
import type { LogState, Pieces } from './pieces.ts';

/**
 * A log below this stays in its rows: for most Actions print little, and a file each would cost more in files, syncs
 * and reads than the rows do. The index of `logs` that this sweep uses names the same number.
 */
const leastBytes = 64 * 1024;

/** Nobody writes to a log this long after its run has ended. */
const abandonedMinutes = 10;
const atOnce = 20;

/**
 * Brings closed logs from their chunks into one blob each. The blob is written first; the same transaction that names
 * it removes the chunks. After a crash between the two it is written again under the same name, so nothing is left over.
 */
export function createCompaction(
  { pool, blobs, pieces }: { pool: Pool; blobs: Blobs; pieces: Pieces },
  warn: (message: string, error: unknown) => void,
): () => Promise<number> {
  async function compact(log: LogState): Promise<void> {
    const blob = `log-${log.id}`;
    await blobs.put(blob, archive(framesOf(pieces.read(log, { at: 0 }))));
    await transaction(pool, async (client) => {
      await client.query('update logs set blob = $2 where id = $1', [log.id, blob]);
      await client.query('delete from log_chunks where "logId" = $1', [log.id]);
    });
  }

  return async () => {
    await pool.query(
      `update logs set "closedAt" = now() where "closedAt" is null and blob is null and "runId" in (
         select id from runs where "endedAt" < now() - make_interval(mins => $1))`,
      [abandonedMinutes],
    );
    const { rows } = await pool.query<LogState>(
      `select id, seq, lines::float8 as lines, bytes::float8 as bytes, true as closed, blob from logs
       where "closedAt" is not null and blob is null and bytes >= ${leastBytes} order by "createdAt" limit $1`,
      [atOnce],
    );
    let done = 0;
    for (const log of rows) {
      try {
        await compact(log);
        done += 1;
      } catch (error) {
        warn(`the log ${log.id} could not be compacted; its rows stay`, error);
      }
    }
    return done;
  };
}

async function* framesOf(pieces: AsyncIterable<Piece>): AsyncGenerator<Buffer> {
  for await (const { frames } of pieces) yield frames;
}
