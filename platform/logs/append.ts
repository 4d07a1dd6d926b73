import type { Pool, PoolClient } from 'pg';
import type { LogPosition } from '../../core/api/worker.ts';
import { PalvellaError } from '../../core/errors.ts';
import { type ActionKey, actionKeyText } from '../../core/keys.ts';
import { wholeFramesEnd } from '../../core/log-frames.ts';
import { transaction } from '../../prisma/transaction.ts';
import { uuid7 } from '../../prisma/uuid7.ts';
import { channel, eventText } from '../events/event.ts';
import { notify } from '../events/notify.ts';
import { createInTurn } from './in-turn.ts';
import { place, type Shape, shapeOf } from './lines.ts';
import * as statements from './statements.ts';

/** A chunk may come so many before its turn; a Worker has four on their way. */
const window = 64;

interface Chunk {
  seq: number;
  /** Offset in the raw output after it. */
  end: number;
  frames: Buffer;
}

/** The writing side of a log. All may be repeated. */
export interface LogWriter {
  append(key: ActionKey, chunk: Chunk): Promise<void>;
  /** Where to go on; what came before its turn is dropped, as it will come again. */
  position(key: ActionKey): Promise<LogPosition>;
  /** Nothing follows the `seq` chunks there are. */
  close(key: ActionKey, seq: number): Promise<void>;
}

interface LogRow {
  id: string;
  seq: number;
  rawOffset: number;
  lines: number;
  bytes: number;
  tail: number;
  ahead: boolean;
  closed: boolean;
}

export function createLogWriter({ pool }: { pool: Pool }): LogWriter {
  const inTurn = createInTurn();

  /** The row under a lock, with all chunks in their places that can have one. */
  async function lock(client: PoolClient, key: string): Promise<LogRow | undefined> {
    const { rows } = await client.query<LogRow>(statements.lockLog, [key]);
    const [log] = rows;
    return log === undefined || log.closed ? log : await settle(client, log);
  }

  return {
    async append(key, chunk) {
      const shape = checked(chunk);
      const text = actionKeyText(key);
      // One at a time of each log: the next then nearly always has its turn, and is sent to the database once.
      await inTurn(text, () => store(key, text, chunk, shape));
    },

    position: (key) =>
      transaction(pool, async (client) => {
        const log = await lock(client, actionKeyText(key));
        if (log === undefined) return { seq: 0, offset: 0, closed: false };
        if (!log.closed) await client.query(statements.dropAhead, [log.id, log.seq]);
        return { seq: log.seq, offset: log.rawOffset, closed: log.closed };
      }),

    async close(key, seq) {
      const text = actionKeyText(key);
      await transaction(pool, async (client) => {
        await insertLog(client, key);
        const log = (await lock(client, text)) as LogRow;
        if (log.seq !== seq) {
          throw new PalvellaError('conflict', `The log has ${log.seq} chunks, not ${seq}.`, {
            remedy: 'Send what is missing, then close it.',
          });
        }
        if (log.closed) return;
        await client.query('update logs set "closedAt" = now() where id = $1', [log.id]);
        await notify(client, { kind: 'log', key: text });
      });
    },
  };

  async function store(key: ActionKey, text: string, chunk: Chunk, shape: Shape): Promise<void> {
    const values = chunkValues(text, chunk, shape);
    if (chunk.seq === 0) {
      const id = uuid7();
      const made = await pool.query({
        name: 'log-first-chunk',
        text: statements.firstChunk,
        values: [...values, id, key.runId, key.jobPath, key.action],
      });
      if (made.rowCount === 1) return;
    }
    const next = await pool.query({ name: 'log-next-chunk', text: statements.nextChunk, values });
    if (next.rowCount === 1) return;
    await appendOutOfTurn(key, text, chunk, shape);
  }

  /** Before its turn, or again. Stored at first without the lock, so that large chunks do not wait for one another. */
  async function appendOutOfTurn(key: ActionKey, text: string, chunk: Chunk, shape: Shape): Promise<void> {
    await insertLog(pool, key);
    const stored = await pool.query<{ seq: number; closed: boolean; inserted: boolean }>({
      name: 'log-stray-chunk',
      text: statements.strayChunk,
      values: [text, chunk.seq, chunk.end, shape.opens, shape.tail, shape.lines, chunk.frames, window],
    });
    const [log] = stored.rows;
    if (log === undefined) throw new PalvellaError('unavailable', 'The log is not there yet.');
    if (!log.inserted) await accept(log, text, chunk);
    else await transaction(pool, async (client) => void (await lock(client, text)));
    if (log.inserted) await notify(pool, { kind: 'log', key: text });
  }

  /** The same chunk again is fine; anything else that was not stored is not. */
  async function accept(log: { seq: number; closed: boolean }, text: string, { seq, end }: Chunk): Promise<void> {
    const { rows } = await pool.query<{ end: number }>(statements.chunkEnd, [text, seq]);
    if (rows[0] === undefined ? log.closed && seq < log.seq : rows[0].end === end) return;
    const why = log.closed
      ? 'the log is closed'
      : rows[0] === undefined
        ? `chunk ${log.seq} is next`
        : 'another one is there';
    throw new PalvellaError('conflict', `Chunk ${seq} cannot be stored: ${why}.`, {
      remedy: 'Ask for the position and go on from there.',
    });
  }
}

async function insertLog(at: Pick<Pool | PoolClient, 'query'>, key: ActionKey): Promise<void> {
  await at.query(statements.insertLog, [uuid7(), actionKeyText(key), key.runId, key.jobPath, key.action]);
}

/** Gives each chunk its place whose predecessors are there. */
async function settle(client: PoolClient, log: LogRow): Promise<LogRow> {
  const { rows } = await client.query<Shape & { seq: number; end: number; bytes: number }>(statements.waitingChunks, [
    log.id,
    log.seq,
  ]);
  let now = log;
  let waiting = rows.length;
  for (const chunk of rows) {
    if (chunk.seq !== now.seq) break;
    const placed = place(now, chunk);
    await client.query(statements.placeChunk, [
      log.id,
      chunk.seq,
      placed.firstLine,
      placed.lines,
      placed.joins,
      now.bytes,
    ]);
    now = { ...now, ...placed.after, seq: now.seq + 1, rawOffset: chunk.end, bytes: now.bytes + chunk.bytes };
    waiting -= 1;
  }
  const ahead = waiting > 0;
  if (now === log && ahead === log.ahead) return log;
  await client.query(statements.updateLog, [log.id, now.seq, now.rawOffset, now.lines, now.bytes, now.tail, ahead]);
  return { ...now, ahead };
}

function checked({ seq, end, frames }: Chunk): Shape {
  if (!Number.isSafeInteger(seq) || seq < 0 || seq > 2 ** 31 - 2 || !Number.isSafeInteger(end) || end < 0) {
    throw new PalvellaError('invalid_request', 'A chunk has a number and an end, both from 0.');
  }
  try {
    if (frames.length > 0 && wholeFramesEnd(frames) === frames.length) return shapeOf(frames);
  } catch {
    // Said below.
  }
  throw new PalvellaError('invalid_request', 'A chunk holds whole frames.');
}

function chunkValues(text: string, { seq, end, frames }: Chunk, { opens, tail, lines }: Shape): unknown[] {
  return [text, seq, end, opens, tail, lines, frames, channel, eventText({ kind: 'log', key: text })];
}
