import type { Pool } from 'pg';
import type { FailingPipeline, Stats, StatsNow, StatsOrder, StatsRange } from '../../core/api/stats.ts';
import { isWrittenTime, readCursor } from '../cursor.ts';
import { createKeep } from './keep.ts';
import { countFailing, failing, open } from './statements.ts';
import { readStats } from './stats.ts';

export interface StatsQuestion {
  range: StatsRange;
  order: StatsOrder;
  /** As `Europe/Helsinki`: where a day begins. */
  zone: string;
  pipeline?: string | undefined;
}

/** How things go: read from the runs themselves, kept no longer than is cheap. */
export interface StatsReader {
  stats(question: StatsQuestion): Promise<Stats>;
  now(): Promise<StatsNow>;
  /** Pipelines whose newest run that has ended broke, the latest first. */
  failing(page: { cursor?: string | undefined; limit: number }): Promise<{
    items: FailingPipeline[];
    next: string | null;
  }>;
}

export function createStats(deps: { pool: Pool; countPending(): Promise<number> }): StatsReader {
  const { pool } = deps;
  const keep = createKeep();
  return {
    stats: (question) => keep(JSON.stringify(question), () => readStats(pool, question)),

    now: () =>
      keep('now', async () => {
        const [runs, broken, approvals] = await Promise.all([
          pool.query<Pick<StatsNow, 'queued' | 'running' | 'waiting'>>(open),
          pool.query<Pick<StatsNow, 'failing'>>(countFailing),
          deps.countPending(),
        ]);
        return { ...runs.rows[0], ...broken.rows[0], approvals } as StatsNow;
      }),

    failing: async ({ cursor, limit }) => {
      const after = readCursor(cursor, placeOf);
      const { rows } = await pool.query<FailingRow>(failing, [after?.at ?? null, after?.name ?? null, limit + 1]);
      const items = rows.slice(0, limit).map(itemOf);
      const last = items.at(-1);
      return { items, next: rows.length > limit && last !== undefined ? `${last.endedAt}/${last.pipeline}` : null };
    },
  };
}

type FailingRow = Omit<FailingPipeline, 'endedAt' | 'succeeded'> & {
  endedAt: Date;
  succeededNumber: number | null;
  succeededAt: Date | null;
};

function itemOf({ endedAt, succeededNumber, succeededAt, ...row }: FailingRow): FailingPipeline {
  const succeeded =
    succeededNumber === null || succeededAt === null
      ? null
      : { number: succeededNumber, endedAt: succeededAt.toISOString() };
  return { ...row, endedAt: endedAt.toISOString(), succeeded };
}

function placeOf(cursor: string): { at: string; name: string } | undefined {
  const [, at, name] = /^(.{24})\/([\w-]{1,200})$/.exec(cursor) ?? [];
  return at !== undefined && name !== undefined && isWrittenTime(at) ? { at, name } : undefined;
}
