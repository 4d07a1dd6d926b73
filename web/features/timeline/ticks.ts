const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const steps = [
  ...[0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30].map((n) => n * second),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * minute),
  ...[1, 2, 3, 6, 12].map((n) => n * hour),
];

/** Places for marks from 0 to `span`, both in milliseconds, about `count` of them, at round times. */
export function ticks(span: number, count: number): number[] {
  const wanted = span / Math.max(1, count);
  const step = steps.find((each) => each >= wanted) ?? Math.ceil(wanted / day) * day;
  const marks: number[] = [];
  for (let at = 0; at <= span; at += step) marks.push(at);
  return marks;
}

/** `0`, `0.5 s`, `1:30`, `2:00 h`: short enough for an axis. */
export function tickText(ms: number): string {
  if (ms === 0) return '0';
  if (ms < minute) return `${ms % second === 0 ? ms / second : (ms / second).toFixed(1)} s`;
  if (ms < hour) return `${Math.floor(ms / minute)}:${pad(Math.floor((ms % minute) / second))} min`;
  if (ms < day) return `${Math.floor(ms / hour)}:${pad(Math.floor((ms % hour) / minute))} h`;
  return `${Math.floor(ms / day)} d`;
}

function pad(n: number): string {
  return String(n).padStart(2, '0');
}
