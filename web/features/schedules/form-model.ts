import type { JsonObject } from '../../../core/json.ts';

/** What stands in the form's inputs. */
export interface ScheduleFields {
  way: 'every' | 'cron' | 'calendar';
  /** A duration, or `other` where `everyText` has it. */
  every: string;
  everyText: string;
  /** How much later than that; empty: at once. */
  offset: string;
  /** One in each line. */
  cron: string;
  /** `HH:MM` */
  time: string;
  /** Three letters each; none: every day. */
  weekdays: string[];
  dayOfMonth: string;
  month: string;
  year: string;
  timeZone: string;
  overlap: string;
  catchUp: string;
  jitter: string;
  /** In the reader's own time, as `2030-01-31T08:00`; empty: any. */
  startAt: string;
  endAt: string;
}

export const everyChoices = [
  { value: '1m', label: 'Every minute' },
  { value: '5m', label: 'Every 5 minutes' },
  { value: '10m', label: 'Every 10 minutes' },
  { value: '15m', label: 'Every 15 minutes' },
  { value: '30m', label: 'Every 30 minutes' },
  { value: '1h', label: 'Every hour' },
  { value: '6h', label: 'Every 6 hours' },
  { value: '1d', label: 'Every day' },
  { value: 'other', label: 'Another time…' },
];

export const catchUpChoices = [
  { value: '10s', label: '10 seconds' },
  { value: '10m', label: '10 minutes' },
  { value: '1h', label: '1 hour' },
  { value: '1d', label: '1 day' },
  { value: '7d', label: '7 days' },
];

export const weekdayNames = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'];

export function initialFields(timeZone: string): ScheduleFields {
  return {
    way: 'every',
    every: '10m',
    everyText: '2h',
    offset: '',
    cron: '0 3 * * *',
    time: '03:00',
    weekdays: [],
    dayOfMonth: '',
    month: '',
    year: '',
    timeZone,
    overlap: 'skip',
    catchUp: '1h',
    jitter: '',
    startAt: '',
    endAt: '',
  };
}

/** The schedule as a file has it; what stands at its default is left out. Undefined while there is no time of day. */
export function toSchedule(fields: ScheduleFields): JsonObject | undefined {
  if (fields.way === 'calendar' && fields.time === '') return undefined;
  const { way, timeZone, overlap, catchUp, jitter, startAt, endAt } = fields;
  return {
    ...times(fields),
    ...(way === 'every' || timeZone === 'UTC' ? {} : { time_zone: timeZone }),
    ...(startAt === '' ? {} : { start_at: momentOf(startAt) }),
    ...(endAt === '' ? {} : { end_at: momentOf(endAt) }),
    ...(jitter.trim() === '' ? {} : { jitter: jitter.trim() }),
    ...(overlap === 'skip' ? {} : { overlap }),
    ...(catchUp === '1h' ? {} : { catch_up: catchUp }),
  };
}

function times(fields: ScheduleFields): JsonObject {
  const { way, every, everyText, offset, cron, time, weekdays, dayOfMonth, month, year } = fields;
  if (way === 'every') {
    return {
      every: every === 'other' ? everyText.trim() : every,
      ...(offset.trim() === '' ? {} : { offset: offset.trim() }),
    };
  }
  if (way === 'cron') {
    const lines = cron.split('\n').flatMap((line) => line.trim() || []);
    return { cron: lines.length > 1 ? lines : (lines[0] ?? '') };
  }
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return {
    calendar: {
      hour,
      ...(minute === 0 ? {} : { minute }),
      ...(dayOfMonth.trim() === '' ? {} : { day_of_month: dayOfMonth.trim() }),
      ...(month.trim() === '' ? {} : { month: month.trim() }),
      ...(year.trim() === '' ? {} : { year: year.trim() }),
      ...(weekdays.length === 0 ? {} : { day_of_week: weekdayNames.filter((day) => weekdays.includes(day)) }),
    },
  };
}

/** What a clock of the reader shows, as a file has it. */
function momentOf(local: string): string {
  return new Date(local).toISOString().replace('.000Z', 'Z');
}

/** The Trigger as a file has it. */
export function toTrigger(
  name: string,
  schedule: JsonObject,
  starts: { pipeline: string; args: JsonObject },
): JsonObject {
  const { pipeline, args } = starts;
  return {
    kind: 'Trigger',
    name,
    schedule,
    runs: [{ pipeline, ...(Object.keys(args).length === 0 ? {} : { args }) }],
  };
}
