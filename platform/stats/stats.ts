import type { Pool } from 'pg';
import type { Stats, StatsCounts, StatsOrder, StatsRange } from '../../core/api/stats.ts';
import type { StatsQuestion } from './index.ts';
import { overTime, starts, totals } from './statements.ts';

const mostPipelines = 20;
const spans: Record<StatsRange, { bucket: Stats['bucket']; count: number }> = {
  '1d': { bucket: 'hour', count: 24 },
  '7d': { bucket: 'day', count: 7 },
  '30d': { bucket: 'day', count: 30 },
};

interface Row extends Pick<StatsCounts, 'runs' | 'succeeded' | 'broken'> {
  pipeline: string | null;
  at: number | null;
  queue: readonly (number | null)[];
  took: readonly (number | null)[];
}
type TimeRow = Pick<StatsCounts, 'runs' | 'broken'> & { pipeline: string; at: number; took: number | null };

export async function readStats(pool: Pool, question: StatsQuestion): Promise<Stats> {
  const { bucket, count } = spans[question.range];
  // An hour begins at the same moment everywhere, or nearly, and in no zone twice.
  const zone = bucket === 'hour' ? 'UTC' : question.zone;
  const begins = await pool.query<{ at: Date }>(starts, [bucket, zone, `1 ${bucket}`, count]);
  const times = begins.rows.map(({ at }) => at);
  const values = [times, question.pipeline ?? null];

  const { rows } = await pool.query<Row>(totals, values);
  const byTime = new Map(rows.flatMap((row) => (row.at === null ? [] : [[row.at, row]])));
  const pipelines = rows
    .filter((row): row is Row & { pipeline: string } => row.pipeline !== null)
    .sort((a, b) => rank[question.order](b) - rank[question.order](a) || (a.pipeline < b.pipeline ? -1 : 1))
    .slice(0, mostPipelines);
  const names = pipelines.map(({ pipeline }) => pipeline);
  const time = await pool.query<TimeRow>(overTime, [...values, names]);
  const byPipeline = Map.groupBy(time.rows, ({ pipeline }) => pipeline);

  return {
    range: question.range,
    bucket,
    total: countsOf(rows.find((row) => row.at === null && row.pipeline === null)),
    buckets: times.map((at, index) => ({ at: at.toISOString(), ...countsOf(byTime.get(index + 1)) })),
    pipelines: pipelines.map((row) => {
      const own = new Map((byPipeline.get(row.pipeline) ?? []).map((each) => [each.at, each]));
      return {
        pipeline: row.pipeline,
        ...countsOf(row),
        buckets: times.map((_, index) => {
          const { runs = 0, broken = 0, took = null } = own.get(index + 1) ?? {};
          return { runs, broken, runMs: clean(took) };
        }),
      };
    }),
  };
}

/** What comes first has the largest. */
const rank: Record<StatsOrder, (row: Row) => number> = {
  runs: ({ runs }) => runs,
  broken: ({ broken }) => broken,
  slow: ({ took }) => took[0] ?? -1,
  queue: ({ queue }) => queue[1] ?? -1,
};

function countsOf(row: Row | undefined): StatsCounts {
  const { runs = 0, succeeded = 0, broken = 0, queue = [], took = [] } = row ?? {};
  return { runs, succeeded, broken, queueMs: spread(queue), runMs: spread(took) };
}

function spread([p50, p95]: readonly (number | null)[]): { p50: number | null; p95: number | null } {
  return { p50: clean(p50), p95: clean(p95) };
}

/** What two clocks made negative counts as nothing. */
function clean(ms: number | null | undefined): number | null {
  return ms === null || ms === undefined ? null : Math.max(0, ms);
}
