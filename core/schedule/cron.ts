import type { Calendar } from './calendar.ts';
import { parseField, type Range, rules, TimesFault } from './field.ts';

const short: Readonly<Record<string, string>> = {
  '@hourly': '0 * * * *',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@weekly': '0 0 * * 0',
  '@monthly': '0 0 1 * *',
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
};

/**
 * What a line of a crontab names. As there, a day is right where either its day of the month or its day of the week is,
 * if both are limited: then these are two calendars.
 */
export function parseCron(text: string): Calendar[] {
  const trimmed = text.trim();
  if (trimmed.startsWith('@') && !Object.hasOwn(short, trimmed)) {
    throw new TimesFault(`there is no ${trimmed}; there is ${Object.keys(short).join(', ')}, and every:`);
  }
  const fields = (short[trimmed] ?? trimmed).split(/\s+/);
  const [minute, hour, dayOfMonth, month, dayOfWeek] = fields;
  if (fields.length !== 5 || !minute || !hour || !dayOfMonth || !month || !dayOfWeek) {
    throw new TimesFault(
      `a cron has five fields (minute, hour, day of the month, month, day of the week), not ${fields.length}; seconds and years go in calendar:`,
    );
  }
  const calendar: Calendar = {
    second: [{ start: 0, end: 0, step: 1 }],
    minute: parseField(minute, rules.minute),
    hour: parseField(hour, rules.hour),
    dayOfMonth: parseField(dayOfMonth, rules.dayOfMonth),
    month: parseField(month, rules.month),
    year: [],
    dayOfWeek: weekdays(parseField(dayOfWeek, rules.dayOfWeek)),
    comment: trimmed,
  };
  if (isOpen(dayOfMonth) || isOpen(dayOfWeek)) return [calendar];
  return [
    { ...calendar, dayOfWeek: [{ start: 0, end: 6, step: 1 }] },
    { ...calendar, dayOfMonth: [{ start: 1, end: 31, step: 1 }] },
  ];
}

function isOpen(field: string): boolean {
  return field.startsWith('*') || field === '?';
}

/** 7 is Sunday, too, which Temporal calls 0. */
export function weekdays(ranges: readonly Range[]): Range[] {
  return ranges.flatMap(({ start, end, step }) => {
    if (end < 7) return [{ start, end, step }];
    const days: Range[] = [];
    for (let day = start; day <= end; day += step) days.push({ start: day % 7, end: day % 7, step: 1 });
    return days;
  });
}
