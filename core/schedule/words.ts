import type { Calendar } from './calendar.ts';
import { numbersOf, rules } from './field.ts';
import type { Times } from './times.ts';

/** The times in words, as `every 10 minutes` or `at 03:00 on Monday to Friday`. */
export function timesInWords({ intervals, calendars }: Times): string {
  const parts = [...intervals.map(intervalWords), ...calendars.map(calendarWords)];
  return parts.length === 0 ? 'never' : parts.join('; and ');
}

function intervalWords({ every, offset }: Times['intervals'][number]): string {
  return `every ${span(every)}${offset === 0 ? '' : `, ${span(offset, true)} later than the round times`}`;
}

const units = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const;

/** `10 minutes`; one alone goes without its number, unless `counted`. */
function span(ms: number, counted = false): string {
  const seconds = ms / 1000;
  const [unit, size] = units.find(([, each]) => seconds % each === 0) ?? ['second', 1];
  const count = seconds / size;
  if (count === 1) return counted ? `1 ${unit}` : unit;
  return `${count} ${unit}s`;
}

function calendarWords(calendar: Calendar): string {
  return [timeOfDay(calendar), ...dayWords(calendar)].join(' ');
}

const mostTimes = 6;

function timeOfDay({ second, minute, hour }: Calendar): string {
  const [seconds, minutes, hours] = [second, minute, hour].map((ranges) => numbersOf(ranges) ?? []) as [
    number[],
    number[],
    number[],
  ];
  if (hours.length * minutes.length * seconds.length <= mostTimes) {
    const times = hours.flatMap((h) => minutes.flatMap((m) => seconds.map((s) => clock(h, m, s))));
    return `at ${list(times)}`;
  }
  const within = hours.length === 24 ? '' : ` ${hourWords(hours)}`;
  const onlyZero = seconds.length === 1 && seconds[0] === 0;
  if (!onlyZero) {
    const each = stepOf(seconds, 60);
    const start = each === undefined ? `at seconds ${list(seconds)}` : `every ${plural(each, 'second')}`;
    return `${start}${minutes.length === 60 ? '' : ` of minutes ${list(minutes)}`}${within}`;
  }
  const each = stepOf(minutes, 60);
  if (each !== undefined) return `every ${plural(each, 'minute')}${within}`;
  const hourStep = stepOf(hours, 24);
  if (minutes.length === 1 && minutes[0] === 0 && hourStep !== undefined) return `every ${plural(hourStep, 'hour')}`;
  const past = minutes.length === 1 ? `${minutes[0]} minutes` : `minutes ${list(minutes)}`;
  return past === '0 minutes' ? `every hour${within}` : `at ${past} past the hour${within}`;
}

function clock(hour: number, minute: number, second: number): string {
  const parts = second === 0 ? [hour, minute] : [hour, minute, second];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}

/** The step, where these are all numbers from 0 in that step. */
function stepOf(numbers: readonly number[], count: number): number | undefined {
  const step = numbers.length === 1 ? undefined : numbers[1];
  if (numbers[0] !== 0 || step === undefined || numbers.length !== Math.ceil(count / step)) return undefined;
  return numbers.every((number, index) => number === index * step) ? step : undefined;
}

function plural(count: number, unit: string): string {
  return count === 1 ? unit : `${count} ${unit}s`;
}

function hourWords(hours: readonly number[]): string {
  const [first = 0] = hours;
  const last = hours.at(-1) ?? first;
  if (last - first === hours.length - 1) return `from ${clock(first, 0, 0)} to ${clock(last, 59, 0)}`;
  return `in the hours ${list(hours)}`;
}

function dayWords({ dayOfMonth, month, year, dayOfWeek }: Calendar): string[] {
  const [days, months, weekdays] = [dayOfMonth, month, dayOfWeek].map((ranges) => numbersOf(ranges) ?? []) as [
    number[],
    number[],
    number[],
  ];
  const years = numbersOf(year);
  return [
    ...(weekdays.length === 7 ? [] : [`on ${names(weekdays, rules.dayOfWeek)}`]),
    ...(days.length === 31 ? [] : [`on ${days.length === 1 ? 'day' : 'days'} ${spans(days, String)} of the month`]),
    ...(months.length === 12 ? [] : [`in ${names(months, rules.month)}`]),
    ...(years === undefined ? [] : [`of ${spans(years, String)}`]),
  ];
}

function names(numbers: readonly number[], rule: { min: number; names: readonly string[] }): string {
  return spans(numbers, (number) => rule.names[number - rule.min] ?? String(number));
}

/** Three or more in a row are written by their ends. */
function spans(numbers: readonly number[], nameOf: (number: number) => string): string {
  const parts: string[] = [];
  for (let index = 0; index < numbers.length; ) {
    let end = index;
    while (numbers[end + 1] === (numbers[end] ?? 0) + 1) end += 1;
    const first = nameOf(numbers[index] ?? 0);
    if (end - index >= 2) {
      parts.push(`${first} to ${nameOf(numbers[end] ?? 0)}`);
      index = end + 1;
    } else {
      parts.push(first);
      index += 1;
    }
  }
  return list(parts);
}

function list(items: readonly (string | number)[]): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}
