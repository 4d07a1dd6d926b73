import { z } from 'zod';
import { Status } from '../status-schema.ts';

/** How things go, for the first page. Times are ISO 8601 in UTC, durations in milliseconds. */

export const StatsRange = z.enum(['1d', '7d', '30d']);
export type StatsRange = z.infer<typeof StatsRange>;

/** Which Pipelines come first: with most runs, most that broke, or that usually take or wait the longest. */
export const StatsOrder = z.enum(['runs', 'broken', 'slow', 'queue']);
export type StatsOrder = z.infer<typeof StatsOrder>;

/** Half of what is counted took at most this, and 19 of 20. Null where nothing is counted. */
const Spread = z.object({ p50: z.number().nullable(), p95: z.number().nullable() });

/** What became of runs, by when they were asked for. Those that are open or were stopped neither succeeded nor broke. */
const Counts = z.object({
  runs: z.number().int(),
  succeeded: z.number().int(),
  broken: z.number().int(),
  /** From being asked for to its start. */
  queueMs: Spread,
  /** From its start to its end. */
  runMs: Spread,
});

const Bucket = Counts.extend({ at: z.iso.datetime() });

export const Stats = z.object({
  range: StatsRange,
  /** An hour where the range is a day, else a day of the asked time zone. */
  bucket: z.enum(['hour', 'day']),
  total: Counts,
  /** Oldest first, without a gap. */
  buckets: z.array(Bucket),
  pipelines: z.array(
    Counts.extend({
      pipeline: z.string(),
      /** As many as `buckets`. */
      buckets: z.array(z.object({ runs: z.number().int(), broken: z.number().int(), runMs: z.number().nullable() })),
    }),
  ),
});
export type Stats = z.infer<typeof Stats>;
export type StatsCounts = z.infer<typeof Counts>;

export const StatsNow = z.object({
  queued: z.number().int(),
  running: z.number().int(),
  waiting: z.number().int(),
  /** Approvals that are pending. */
  approvals: z.number().int(),
  /** Pipelines whose last run broke. */
  failing: z.number().int(),
});
export type StatsNow = z.infer<typeof StatsNow>;

/** A Pipeline whose newest run that has ended broke. */
export const FailingPipeline = z.object({
  pipeline: z.string(),
  number: z.number().int(),
  status: Status,
  reason: z.string().nullable(),
  endedAt: z.iso.datetime(),
  /** The newest run that succeeded; null where none ever did. */
  succeeded: z.object({ number: z.number().int(), endedAt: z.iso.datetime() }).nullable(),
});
export type FailingPipeline = z.infer<typeof FailingPipeline>;
