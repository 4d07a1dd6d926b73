import { nextMatchOf } from '../../core/schedule/calendar.ts';
import type { Times } from '../../core/schedule/times.ts';
import { type Offset, offsetOf } from './time-zone.ts';

const day = 86_400;

/** How many are shown. */
export const shown = 10;

/** The first moment at or after `from`, both in seconds since 1970. */
type Next = (from: number) => number | undefined;

/**
 * The next `count` times after a moment, as Temporal finds them, jitter left out: an hour that a clock skips has none, one
 * that comes twice has them twice.
 */
export function nextTimes(times: Times, after: Date, count: number): Date[] {
  const sources = [...times.intervals.map(interval), ...calendars(times)];
  const end = times.endAt === null ? Number.POSITIVE_INFINITY : Date.parse(times.endAt) / 1000;
  const start = times.startAt === null ? 0 : Math.ceil(Date.parse(times.startAt) / 1000);
  let at = Math.max(Math.floor(after.getTime() / 1000) + 1, start);
  const found: Date[] = [];
  while (found.length < count) {
    const from = at;
    const next = Math.min(...sources.map((source) => source(from) ?? Number.POSITIVE_INFINITY));
    if (next > end || next === Number.POSITIVE_INFINITY) break;
    found.push(new Date(next * 1000));
    at = next + 1;
  }
  return found;
}

function interval({ every, offset }: Times['intervals'][number]): Next {
  const [step, shift] = [every / 1000, offset / 1000];
  return (from) => Math.ceil((from - shift) / step) * step + shift;
}

function calendars({ calendars: all, timeZone }: Times): Next[] {
  if (all.length === 0) return [];
  const offset = offsetOf(timeZone);
  return all.map((calendar) => inZone(nextMatchOf(calendar), offset));
}

/** Follows the zone from one change of its clocks to the next. No change is as large as a day. */
function inZone(nextMatch: Next, offset: Offset): Next {
  return (from) => {
    let at = from;
    for (;;) {
      const ahead = offset(at);
      const until = offset(at + day) === ahead ? at + day : changeBetween(offset, at, at + day);
      const match = nextMatch(at + ahead);
      if (match === undefined) return undefined;
      if (match - ahead < until) return match - ahead;
      at = Math.max(until, match - ahead - 2 * day);
    }
  };
}

/** The first second at which the offset is another than it was. */
function changeBetween(offset: Offset, before: number, after: number): number {
  const old = offset(before);
  let [low, high] = [before, after];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offset(middle) === old) low = middle;
    else high = middle;
  }
  return high;
}
