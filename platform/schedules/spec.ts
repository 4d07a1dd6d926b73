import type { ScheduleDescription, ScheduleOptions, ScheduleSpec } from '@temporalio/client';
import { durationMs } from '../../core/duration.ts';
import type { Schedule } from '../../core/language/schema-schedule.ts';
import type { Calendar } from '../../core/schedule/calendar.ts';
import { numbersOf, type Range } from '../../core/schedule/field.ts';
import { type Times, timesOf } from '../../core/schedule/times.ts';

const overlaps = {
  skip: 'SKIP',
  buffer: 'BUFFER_ONE',
  buffer_all: 'BUFFER_ALL',
  cancel: 'CANCEL_OTHER',
  allow: 'ALLOW_ALL',
} as const;
export type Overlap = keyof typeof overlaps;
export const overlapNames = Object.keys(overlaps) as [Overlap, ...Overlap[]];

const catchUpMs = 3_600_000;
const months = [
  'JANUARY',
  'FEBRUARY',
  'MARCH',
  'APRIL',
  'MAY',
  'JUNE',
  'JULY',
  'AUGUST',
  'SEPTEMBER',
  'OCTOBER',
  'NOVEMBER',
  'DECEMBER',
] as const;
const days = ['SUNDAY', 'MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY'] as const;

/** When and how a schedule starts something, in Temporal's words. */
export function temporalSchedule(
  schedule: Schedule,
): Pick<ScheduleOptions, 'spec'> & Required<Pick<ScheduleOptions, 'policies'>> {
  return {
    spec: temporalSpec(timesOf(schedule)),
    policies: {
      overlap: temporalOverlap(schedule.overlap ?? 'skip'),
      catchupWindow: durationMs(schedule.catch_up ?? '') ?? catchUpMs,
    },
  };
}

export function temporalOverlap(overlap: Overlap) {
  return overlaps[overlap];
}

export function overlapOf(policy: string | undefined): string {
  return overlapNames.find((name) => overlaps[name] === policy) ?? policy?.toLowerCase() ?? 'skip';
}

function temporalSpec({ intervals, calendars, timeZone, jitter, startAt, endAt }: Times): ScheduleSpec {
  return {
    intervals,
    calendars: calendars.map(({ month, dayOfWeek, ...rest }) => ({
      ...rest,
      month: named(month, (number) => months[number - 1] ?? 'JANUARY'),
      dayOfWeek: named(dayOfWeek, (number) => days[number] ?? 'SUNDAY'),
    })),
    timezone: timeZone,
    ...(jitter === 0 ? {} : { jitter }),
    ...(startAt === null ? {} : { startAt: new Date(startAt) }),
    ...(endAt === null ? {} : { endAt: new Date(endAt) }),
  };
}

function named<Name>(ranges: readonly Range[], nameOf: (number: number) => Name) {
  return ranges.map(({ start, end, step }) => ({ start: nameOf(start), end: nameOf(end), step }));
}

/** The times of a Schedule in Temporal, whoever wrote them. Times that it leaves out are not among them. */
export function timesIn({ spec }: Pick<ScheduleDescription, 'spec'>): Times {
  const { intervals = [], calendars = [], timezone, jitter = 0, startAt, endAt } = spec;
  return {
    intervals: intervals.map(({ every, offset }) => ({ every, offset: offset ?? 0 })),
    calendars: calendars.map(
      ({ month, dayOfWeek, comment, ...rest }): Calendar => ({
        ...rest,
        month: numbered(month, (name) => months.indexOf(name) + 1),
        dayOfWeek: numbered(dayOfWeek, (name) => days.indexOf(name)),
        comment: comment ?? '',
      }),
    ),
    timeZone: timezone === undefined || timezone === '' ? 'UTC' : timezone,
    jitter,
    startAt: startAt?.toISOString() ?? null,
    endAt: endAt?.toISOString() ?? null,
  };
}

function numbered<Name>(ranges: readonly { start: Name; end: Name; step: number }[], of: (name: Name) => number) {
  return ranges.map(({ start, end, step }) => ({ start: of(start), end: of(end), step }));
}

/** Whether a Schedule in Temporal is as the file has it, however it is written. */
export function isAsWritten(found: ScheduleDescription, schedule: Schedule): boolean {
  const { policies } = temporalSchedule(schedule);
  return (
    hasTimesAsWritten(found, schedule) &&
    found.policies.overlap === policies.overlap &&
    found.policies.catchupWindow === policies.catchupWindow &&
    !found.policies.pauseOnFailure &&
    found.state.remainingActions === undefined
  );
}

export function hasTimesAsWritten({ spec }: Pick<ScheduleDescription, 'spec'>, schedule: Schedule): boolean {
  return fingerprint(timesIn({ spec })) === fingerprint(timesOf(schedule)) && (spec.skip ?? []).length === 0;
}

/** The same for two that name the same times; a comment names none. */
function fingerprint({ intervals, calendars, timeZone, jitter, startAt, endAt }: Times): string {
  const fields = calendars.map(({ second, minute, hour, dayOfMonth, month, year, dayOfWeek }) =>
    [second, minute, hour, dayOfMonth, month, year, dayOfWeek].map((ranges) => numbersOf(ranges) ?? '*'),
  );
  const moments = [startAt, endAt].map((at) => (at === null ? null : Date.parse(at)));
  const texts = [...intervals.map(({ every, offset }) => [every, offset]), ...fields].map((one) => JSON.stringify(one));
  return JSON.stringify([texts.sort(), timeZone, jitter, moments]);
}
