/** Every `step`th number from `start` to `end`, both counted, as Temporal has it. */
export interface Range {
  start: number;
  end: number;
  step: number;
}

/** A field of a calendar: what numbers it takes, and what some of them are called. */
export interface FieldRule {
  name: string;
  min: number;
  max: number;
  /** The first is `min`. */
  names?: readonly string[];
}

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;
const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

export const rules = {
  second: { name: 'second', min: 0, max: 59 },
  minute: { name: 'minute', min: 0, max: 59 },
  hour: { name: 'hour', min: 0, max: 23 },
  dayOfMonth: { name: 'day of the month', min: 1, max: 31 },
  month: { name: 'month', min: 1, max: 12, names: months },
  /** As far as Temporal looks. */
  year: { name: 'year', min: 2000, max: 2100 },
  /** 0 and 7 are Sunday. */
  dayOfWeek: { name: 'day of the week', min: 0, max: 7, names: days },
} as const satisfies Record<string, FieldRule>;

/** What is wrong with a text that names times; its message is for whoever wrote it. */
export class TimesFault extends Error {}

/** `*`, `5`, `1-5`, `10-40/5`, `MON-FRI`, and several of them with commas between. */
export function parseField(text: string, rule: FieldRule): Range[] {
  return text.split(',').map((part) => parsePart(part.trim(), rule));
}

function parsePart(part: string, rule: FieldRule): Range {
  const { name, min, max } = rule;
  const [, span = '', stepText] = /^([^/]+)(?:\/(\d{1,4}))?$/.exec(part) ?? [];
  if (span === '') throw new TimesFault(`${JSON.stringify(part)} is no ${name}; write ${example(rule)}`);
  const step = stepText === undefined ? 1 : Number(stepText);
  if (step === 0) throw new TimesFault(`the ${name} ${JSON.stringify(part)} has a step of 0`);
  if (span === '*' || span === '?') return { start: min, end: rule === rules.dayOfWeek ? 6 : max, step };
  const [, from = '', to] = /^([^-]+)(?:-([^-]+))?$/.exec(span) ?? [];
  const start = numberOf(from, rule, part);
  const end = to === undefined ? (stepText === undefined ? start : max) : numberOf(to, rule, part);
  if (end < start)
    throw new TimesFault(`the ${name} ${JSON.stringify(part)} ends before it begins; write two, with a comma`);
  return { start, end, step };
}

function numberOf(text: string, rule: FieldRule, part: string): number {
  const { name, min, max, names = [] } = rule;
  if (/^\d{1,4}$/.test(text)) {
    const value = Number(text);
    if (value >= min && value <= max) return value;
    throw new TimesFault(`the ${name} ${JSON.stringify(text)} is not from ${min} to ${max}`);
  }
  const wanted = text.toLowerCase();
  const index = names.findIndex((one) => wanted === one.toLowerCase() || wanted === one.slice(0, 3).toLowerCase());
  if (index >= 0) return min + index;
  throw new TimesFault(`${JSON.stringify(part)} is no ${name}; write ${example(rule)}`);
}

function example({ min, max, names }: FieldRule): string {
  const named = names === undefined ? '' : `, ${names[1]?.slice(0, 3).toUpperCase()}`;
  return `a number from ${min} to ${max}${named}, ${min + 1}-${min + 4}, */2 or several with commas between`;
}

/** The numbers that ranges name, ascending. No ranges: undefined, which is all. */
export function numbersOf(ranges: readonly Range[]): number[] | undefined {
  if (ranges.length === 0) return undefined;
  const found = new Set<number>();
  for (const { start, end, step } of ranges) {
    for (let value = start; value <= Math.max(start, end); value += Math.max(1, step)) found.add(value);
  }
  return [...found].sort((a, b) => a - b);
}
