import type { Pool } from 'pg';
import type { Blobs } from '../blobs/contract.ts';
import { type ArchiveIndex, readBlocks, readIndex } from './archive.ts';
import type { Piece } from './piece.ts';

/** A log as it is at one moment. */
export interface LogState {
  id: string;
  seq: number;
  lines: number;
  bytes: number;
  closed: boolean;
  blob: string | null;
}

/** Where to begin: with the piece in which a line begins, or at the beginning. */
type Start = { line: number } | { at: 0 };

export interface Pieces {
  /** By `actionKeyText`. Undefined while nothing of it is stored. */
  state(key: string): Promise<LogState | undefined>;
  /** To the end as `log` has it; the log may be compacted meanwhile. Holds no more than a few MiB at a time. */
  read(log: LogState, start: Start): AsyncGenerator<Piece>;
}

const batchBytes = 2 * 1024 * 1024;
const batchChunks = 1000;
const keptIndexes = 64;

const stateColumns = `id, seq, lines::float8 as lines, bytes::float8 as bytes, "closedAt" is not null as closed, blob`;

export function createPieces({ pool, blobs }: { pool: Pool; blobs: Blobs }): Pieces {
  /** What is in a blob never changes. */
  const indexes = new Map<string, ArchiveIndex>();

  async function indexOf(blob: string): Promise<ArchiveIndex> {
    const kept = indexes.get(blob);
    if (kept !== undefined) return kept;
    const index = await readIndex(blobs, blob);
    const [oldest] = indexes.keys();
    if (indexes.size >= keptIndexes && oldest !== undefined) indexes.delete(oldest);
    indexes.set(blob, index);
    return index;
  }

  async function* fromBlob(blob: string, start: Start | { at: number }): AsyncGenerator<Piece> {
    const index = await indexOf(blob);
    if ('at' in start) {
      for await (const piece of readBlocks(blobs, blob, index, start.at)) {
        // Chunks and blocks are cut differently: what was read of this block already is not read twice.
        yield piece.at >= start.at ? piece : { ...piece, frames: piece.frames.subarray(start.at - piece.at) };
      }
      return;
    }
    const block = index.blocks.findLast(({ firstLine, lines }) => firstLine <= start.line && lines > 0);
    if (block !== undefined) yield* readBlocks(blobs, blob, index, block.at);
  }

  async function chunkAt(log: LogState, line: number): Promise<{ seq: number; at: number } | undefined> {
    const { rows } = await pool.query<{ seq: number; at: number }>({
      name: 'log-chunk-of-line',
      text: `select seq, "at"::float8 as "at" from log_chunks
             where "logId" = $1 and "firstLine" <= $2 and lines > 0 and seq < $3 order by "firstLine" desc, seq desc limit 1`,
      values: [log.id, line, log.seq],
    });
    return rows[0];
  }

  async function batch(log: LogState, from: { seq: number; at: number }): Promise<(Piece & { seq: number })[]> {
    const { rows } = await pool.query<Piece & { seq: number }>({
      name: 'log-chunks',
      text: `select seq, "firstLine"::float8 as "firstLine", lines, "at"::float8 as "at", joins, opens, frames from log_chunks
             where "logId" = $1 and seq >= $2 and seq < $3 and "at" < $4 order by seq limit $5`,
      values: [log.id, from.seq, log.seq, from.at + batchBytes, batchChunks],
    });
    return rows;
  }

  async function state(column: 'key' | 'id', value: string): Promise<LogState | undefined> {
    const { rows } = await pool.query<LogState>({
      name: `log-state-by-${column}`,
      text: `select ${stateColumns} from logs where ${column} = $1`,
      values: [value],
    });
    return rows[0];
  }

  /** From the chunks; answers with the byte where to go on in the blob when they were compacted meanwhile. */
  async function* fromChunks(log: LogState, start: Start): AsyncGenerator<Piece, Start | { at: number } | undefined> {
    const first = 'at' in start ? { seq: 0, at: 0 } : await chunkAt(log, start.line);
    if (first === undefined) return start;
    let from = first;
    while (from.seq < log.seq) {
      const rows = await batch(log, from);
      if (rows[0]?.seq !== from.seq) return from === first ? start : { at: from.at };
      for (const { seq, ...piece } of rows) {
        yield piece;
        from = { seq: seq + 1, at: piece.at + piece.frames.length };
      }
    }
    return undefined;
  }

  return {
    state: (key) => state('key', key),
    async *read(log, start) {
      const rest = log.blob === null ? yield* fromChunks(log, start) : start;
      if (rest === undefined) return;
      const blob = log.blob ?? (await state('id', log.id))?.blob;
      if (blob != null) yield* fromBlob(blob, rest);
    },
  };
}
