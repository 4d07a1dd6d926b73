import { durationMs } from '../duration.ts';
import type { CalendarSpec, Schedule } from '../language/schema-schedule.ts';
import type { Calendar } from './calendar.ts';
import { parseCron, weekdays } from './cron.ts';
import { type FieldRule, parseField, type Range, rules } from './field.ts';

/** All times that a schedule names, in the form in which Temporal keeps them. */
export interface Times {
  /** `every` from 1970 on, shifted by `offset`. Milliseconds. */
  intervals: { every: number; offset: number }[];
  calendars: Calendar[];
  timeZone: string;
  /** Each time is late by up to this. Milliseconds. */
  jitter: number;
  /** ISO 8601. */
  startAt: string | null;
  endAt: string | null;
}

/** Of a schedule that was checked; a text that names no times is a `TimesFault`. */
export function timesOf(schedule: Schedule): Times {
  const { every, offset, cron = [], calendar = [], time_zone, jitter, start_at, end_at } = schedule;
  return {
    intervals: every === undefined ? [] : [{ every: ms(every), offset: ms(offset) }],
    calendars: [...listOf(cron).flatMap(parseCron), ...listOf(calendar).map(calendarOf)],
    timeZone: time_zone ?? 'UTC',
    jitter: ms(jitter),
    startAt: start_at ?? null,
    endAt: end_at ?? null,
  };
}

export function calendarOf(spec: CalendarSpec): Calendar {
  const { second = 0, minute = 0, hour = 0, day_of_month = '*', month = '*', year, day_of_week = '*', comment } = spec;
  return {
    second: rangesOf(second, rules.second),
    minute: rangesOf(minute, rules.minute),
    hour: rangesOf(hour, rules.hour),
    dayOfMonth: rangesOf(day_of_month, rules.dayOfMonth),
    month: rangesOf(month, rules.month),
    year: year === undefined || year === '*' ? [] : rangesOf(year, rules.year),
    dayOfWeek: weekdays(rangesOf(day_of_week, rules.dayOfWeek)),
    comment: comment ?? '',
  };
}

type Field = NonNullable<CalendarSpec['hour']>;

function rangesOf(field: Field, rule: FieldRule): Range[] {
  return listOf(field).flatMap((one) => parseField(String(one), rule));
}

function listOf<Item>(value: Item | readonly Item[]): readonly Item[] {
  return Array.isArray(value) ? (value as readonly Item[]) : [value as Item];
}

function ms(duration: string | undefined): number {
  return duration === undefined ? 0 : (durationMs(duration) ?? 0);
}
