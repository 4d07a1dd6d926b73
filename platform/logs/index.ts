import type { Pool } from 'pg';
import type { Blobs } from '../blobs/contract.ts';
import { createLogWriter, type LogWriter } from './append.ts';
import { createCompaction } from './compact.ts';
import { createFindLogs, type FindLogs, type LogPlace } from './find.ts';
import { createPieces } from './pieces.ts';
import { type ReadPage, readPage, readText } from './read.ts';

export type { LogPlace } from './find.ts';
export { parseActionKey } from './key.ts';
export type { ReadPage } from './read.ts';

/** Logs, one for each try of each Action. Reading any part never loads the rest. */
export interface Logs extends LogWriter, FindLogs {
  /** Lines of the log of that key; none while there is no log. */
  page(key: string, range: { from: number; limit: number }): Promise<ReadPage>;
  /** As above, of an Action's newest try. */
  pageOf(place: LogPlace, range: { from: number; limit: number }): Promise<ReadPage>;
  /** What was printed, of all these logs one after the other, as far as they are now. */
  text(of: readonly LogPlace[]): AsyncGenerator<Uint8Array>;
  /** Standard output, as much of it from its start. */
  readStdout(key: string, maxBytes: number): Promise<string>;
  /** Brings closed logs into the storage; answers with how many. To be called now and then. */
  compactPending(): Promise<number>;
}

export function createLogs(deps: { pool: Pool; blobs: Blobs; warn?: (message: string, error: unknown) => void }): Logs {
  const pieces = createPieces(deps);
  const find = createFindLogs(deps);

  async function page(key: string, range: { from: number; limit: number }): Promise<ReadPage> {
    const log = await pieces.state(key);
    return log === undefined ? nothing(false) : await readPage(pieces, log, range);
  }

  return {
    ...createLogWriter(deps),
    ...find,
    page,

    async pageOf(place, range) {
      const { key, ended } = await find.newest(place);
      const log = key === undefined ? undefined : await pieces.state(key);
      return log === undefined ? nothing(ended) : await readPage(pieces, log, range);
    },

    async *text(of) {
      let isOpen = false;
      for (const place of of) {
        const { key } = await find.newest(place);
        const log = key === undefined ? undefined : await pieces.state(key);
        if (log === undefined || log.bytes === 0) continue;
        if (isOpen) yield Buffer.from('\n');
        isOpen = yield* readText(pieces, log);
      }
    },

    async readStdout(key, maxBytes) {
      const log = await pieces.state(key);
      if (log === undefined) return '';
      const parts: Uint8Array[] = [];
      let bytes = 0;
      for await (const part of readText(pieces, log, 'stdout')) {
        parts.push(part.subarray(0, maxBytes - bytes));
        bytes += part.length;
        if (bytes >= maxBytes) break;
      }
      return Buffer.concat(parts).toString();
    },

    compactPending: createCompaction({ ...deps, pieces }, deps.warn ?? (() => {})),
  };
}

function nothing(ended: boolean): ReadPage {
  return { lines: [], total: 0, closed: ended, open: false };
}
