import type { RunDetail } from '../../../core/api/objects.ts';
import type { JobState } from '../../../core/run-state.ts';
import { type JobRow, jobRows } from '../runs/job-tree.ts';
import { type Bar, barsOf, readyAt, sumOf } from './bars.ts';
import { criticalPath } from './critical-path.ts';

export interface TimelineRow extends JobRow {
  bars: Bar[];
  isCritical: boolean;
}

export interface TimelineModel {
  /** Unix milliseconds. */
  start: number;
  end: number;
  rows: TimelineRow[];
  /** Milliseconds along the critical path. */
  ran: number;
  waited: number;
}

/** All that the timeline shows, `now` in Unix milliseconds. */
export function timelineOf(
  run: Pick<RunDetail, 'queuedAt' | 'startedAt' | 'endedAt' | 'jobs'>,
  now: number,
): TimelineModel {
  const start = Date.parse(run.startedAt ?? run.queuedAt);
  const byPath = new Map(run.jobs.map((job) => [job.path, job]));
  const path = new Set(criticalPath(run.jobs, now));
  const rows = jobRows(run.jobs, () => true).map((row) => ({
    ...row,
    bars: barsOf(row.job, readyAt(row.job, byPath, start), now),
    isCritical: path.has(row.job.path),
  }));
  const critical = rows.filter(({ isCritical }) => isCritical).flatMap(({ bars }) => bars);
  return {
    start,
    end: Math.max(start + 1, run.endedAt === null ? now : Date.parse(run.endedAt), lastEnd(run.jobs)),
    rows,
    ran: sumOf(critical, ({ kind }) => kind !== 'waited'),
    waited: sumOf(critical, ({ kind }) => kind === 'waited'),
  };
}

function lastEnd(jobs: readonly JobState[]): number {
  return jobs.reduce((last, job) => (job.inherited ? last : Math.max(last, Date.parse(job.endedAt ?? '') || 0)), 0);
}
