import { z } from 'zod';
import { Wait } from '../run-state.ts';
import { RunSummary } from './objects.ts';

/** Times that come, in ISO 8601; `every` names them in words. */
export const NextTimes = z.object({ every: z.string(), timeZone: z.string(), next: z.array(z.iso.datetime()) });
export type NextTimes = z.infer<typeof NextTimes>;

/** One time at which a schedule started something, or was to. */
export const Firing = z.object({
  /** Of its delivery. A time that is sent again has two. */
  id: z.string(),
  scheduledAt: z.iso.datetime(),
  /** As of the delivery: `pending`, `recorded`, or `dropped`. */
  state: z.string(),
  reason: z.string().nullable(),
  runs: z.array(RunSummary),
});
export type Firing = z.infer<typeof Firing>;

/** A schedule as Temporal lists it, which a change reaches a moment later, beside what is saved. */
export const ScheduleSummary = NextTimes.extend({
  /** Of its Trigger. */
  name: z.string(),
  description: z.string().nullable(),
  version: z.number().int(),
  /** What it starts. */
  pipelines: z.array(z.string()),
  /**
   * `same`: Temporal has what is saved. `pending`: it is yet to be told, within a minute. `refused`: it was told, and goes
   * by what it had before. `changed`: somebody changed it there, and that is what is shown; in a list only where that
   * changed its times.
   */
  state: z.enum(['same', 'pending', 'refused', 'changed']),
  /** Why, where it is `refused`, in Temporal's words. */
  refusal: z.string().nullable(),
  paused: z.boolean(),
  /** Why it is paused, or what was last said when it went on. */
  note: z.string().nullable(),
  /** Times of which runs go on. */
  running: z.number().int(),
  /** Of kind `overlap` where starts wait for the runs of an earlier one, also those of a back-fill; null where none does. */
  wait: Wait.nullable(),
  lastRun: RunSummary.nullable(),
});
export type ScheduleSummary = z.infer<typeof ScheduleSummary>;

/** As Temporal has it at this moment. */
export const ScheduleDetail = ScheduleSummary.extend({
  overlap: z.string(),
  /** Seconds. */
  catchUp: z.number(),
  jitter: z.number(),
  /** Times so far that started a run, those left out as an earlier one went on, and those that came too late to be made. */
  started: z.number().int(),
  skipped: z.number().int(),
  missed: z.number().int(),
  /** Newest first, at most 20. */
  firings: z.array(Firing),
});
export type ScheduleDetail = z.infer<typeof ScheduleDetail>;

export const Backfilled = z.object({
  /** Times that start now. */
  times: z.number().int(),
  /** Times that had their start already. */
  had: z.number().int(),
});
export type Backfilled = z.infer<typeof Backfilled>;
