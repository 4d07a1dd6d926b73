import { numbersOf, type Range, rules } from './field.ts';

/** Seconds of a clock on a wall that all match, as Temporal's structured calendar has it. Months from 1, Sunday is 0. */
export interface Calendar {
  second: Range[];
  minute: Range[];
  hour: Range[];
  dayOfMonth: Range[];
  month: Range[];
  /** Empty: every year. */
  year: Range[];
  dayOfWeek: Range[];
  comment: string;
}

const daySeconds = 86_400;

/** The first second at or after `from` that matches; undefined where there is none up to the year 2100. */
export type NextMatch = (from: number) => number | undefined;

/** Both are seconds since 1970 that a clock on the wall would show, without any time zone. */
export function nextMatchOf(calendar: Calendar): NextMatch {
  const nextDay = dayMatcher(calendar);
  const numbers = (ranges: readonly Range[]) => numbersOf(ranges) ?? [];
  const [hours, minutes, seconds] = [numbers(calendar.hour), numbers(calendar.minute), numbers(calendar.second)];

  return (from) => {
    const today = Math.floor(from / daySeconds);
    if (nextDay(today) === today) {
      const time = timeOfDay(hours, minutes, seconds, from - today * daySeconds);
      if (time !== undefined) return today * daySeconds + time;
    }
    const [day, time] = [nextDay(today + 1), timeOfDay(hours, minutes, seconds, 0)];
    return day === undefined || time === undefined ? undefined : day * daySeconds + time;
  };
}

/** The first day at or after another that matches, both in days since 1970. */
function dayMatcher(calendar: Calendar): (from: number) => number | undefined {
  const setOf = (ranges: readonly Range[]) => new Set(numbersOf(ranges));
  const years = calendar.year.length === 0 ? undefined : setOf(calendar.year);
  const [months, days, weekdays] = [setOf(calendar.month), setOf(calendar.dayOfMonth), setOf(calendar.dayOfWeek)];

  function inMonth(year: number, month: number, from: number): number | undefined {
    const first = dayNumber(year, month);
    for (let day = Math.max(first, from); day < dayNumber(year, month + 1); day++) {
      if (days.has(day - first + 1) && weekdays.has((day + thursday) % 7)) return day;
    }
    return undefined;
  }

  return (from) => {
    const date = new Date(from * daySeconds * 1000);
    const start = date.getUTCFullYear() * 12 + date.getUTCMonth();
    for (let at = Math.max(start, rules.year.min * 12); at < (rules.year.max + 1) * 12; at++) {
      const [year, month] = [Math.floor(at / 12), (at % 12) + 1];
      if (years?.has(year) === false || !months.has(month)) continue;
      const found = inMonth(year, month, from);
      if (found !== undefined) return found;
    }
    return undefined;
  };
}

/** What 1970 began with. */
const thursday = 4;

/** Of the first day of a month, which may be the 13th of a year. */
function dayNumber(year: number, month: number): number {
  return Date.UTC(year, month - 1, 1) / 1000 / daySeconds;
}

/** The first second of a day at or after `from`. */
function timeOfDay(
  hours: readonly number[],
  minutes: readonly number[],
  seconds: readonly number[],
  from: number,
): number | undefined {
  for (const hour of hours) {
    if (hour * 3600 + 3599 < from) continue;
    for (const minute of minutes) {
      const start = hour * 3600 + minute * 60;
      if (start + 59 < from) continue;
      const second = seconds.find((one) => start + one >= from);
      if (second !== undefined) return start + second;
    }
  }
  return undefined;
}
