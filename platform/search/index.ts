import type { Pool } from 'pg';
import type { SearchHit, SearchKind } from '../../core/api/search.ts';
import { like } from '../../prisma/like.ts';
import { begunNumbers, readQuery } from './query.ts';
import {
  approvals,
  definitions,
  deliveries,
  files,
  mostOfAKind,
  runsByCause,
  runsByNumber,
  runsByParameter,
  workers,
} from './statements.ts';

/** Finds by name, or by what it came of, whatever there is, of the kinds that the asker may see, in their order. */
export type Search = (text: string, kinds: readonly SearchKind[]) => Promise<SearchHit[]>;

export function createSearch({ pool }: { pool: Pool }): Search {
  return async (text, kinds) => {
    const { words, names, number, commit, ids, key } = readQuery(text);
    if (words.length === 0) return [];
    const typed = words.join(' ');
    const patterns = words.map((word) => like(word));
    const saved = kinds.filter((kind) => kind === 'schedule' || /^[A-Z]/.test(kind));
    const query = async (statement: string, values: unknown[]) => (await pool.query<SearchHit>(statement, values)).rows;
    const of = (kind: SearchKind, read: () => Promise<SearchHit[]> | SearchHit[]) =>
      kinds.includes(kind) ? read() : [];

    const found = await Promise.all([
      saved.length === 0 ? [] : query(definitions, [typed, patterns, saved]),
      of('run', async () => {
        // What looks like a number may be a part of a value, as in feature/12.
        const byEach = await Promise.all([
          number === undefined
            ? []
            : query(runsByNumber, [names.join(' '), names.map((name) => like(name)), begunNumbers(number)]),
          query(runsByParameter, [patterns]),
          query(runsByCause, [patterns, commit]),
        ]);
        return [...Map.groupBy(byEach.flat(), ({ id }) => id).values()]
          .flatMap(([first]) => first ?? [])
          .slice(0, mostOfAKind);
      }),
      of('approval', () => query(approvals, [patterns])),
      of('delivery', () =>
        ids === undefined && key === undefined ? [] : query(deliveries, [ids?.from, ids?.to, key]),
      ),
      of('worker', () => query(workers, [patterns])),
      of('file', () => query(files, [patterns])),
    ]);
    return found.flat().sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind));
  };
}
