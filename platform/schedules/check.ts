import type { Problem } from '../../core/errors.ts';
import { problemAt, type SourceDocument } from '../../core/language/document.ts';
import type { Schedule } from '../../core/language/schema-schedule.ts';
import { timesOf } from '../../core/schedule/times.ts';
import { nextTimes } from './next-times.ts';
import { timeZoneFault } from './time-zone.ts';

/** What is wrong with schedules that only their time zones and the time of day can tell. */
export function checkSchedules(documents: readonly SourceDocument[], now: Date): Problem[] {
  return documents.flatMap((document) => {
    if (document.kind !== 'Trigger' || document.spec.schedule === undefined) return [];
    const fault = scheduleFault(document.spec.schedule, now);
    return fault === undefined
      ? []
      : [problemAt(document.locate, { path: ['schedule', ...fault.path], message: fault.message })];
  });
}

/** Of a schedule that its schema found right. */
export function scheduleFault(schedule: Schedule, now: Date): { path: string[]; message: string } | undefined {
  const { time_zone, end_at } = schedule;
  const unknown = time_zone === undefined ? undefined : timeZoneFault(time_zone);
  if (unknown !== undefined) return { path: ['time_zone'], message: unknown };
  const times = timesOf(schedule);
  if (nextTimes(times, now, 1).length > 0) return undefined;
  if (end_at !== undefined && nextTimes({ ...times, endAt: null }, now, 1).length > 0) {
    return { path: ['end_at'], message: 'it never fires: its next time would be after end_at' };
  }
  return { path: [], message: 'it never fires: all its times are past' };
}
