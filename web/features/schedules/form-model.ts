import type { JsonObject } from '../../../core/json.ts';

/** What stands in the form's inputs. */
export interface ScheduleFields {
  way: 'every' | 'cron' | 'calendar';
  /** A duration, or `other` where `everyText` has it. */
  every: string;
  everyText: string;
  cron: string;
  /** `HH:MM` */
  time: string;
  /** Three letters each; none: every day. */
  weekdays: string[];
  dayOfMonth: string;
  timeZone: string;
  overlap: string;
  catchUp: string;
  jitter: string;
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
    cron: '0 3 * * *',
    time: '03:00',
    weekdays: [],
    dayOfMonth: '',
    timeZone,
    overlap: 'skip',
    catchUp: '1h',
    jitter: '',
  };
}

/** The schedule as a file has it; what stands at its default is left out. Undefined while there is no time of day. */
export function toSchedule(fields: ScheduleFields): JsonObject | undefined {
  if (fields.way === 'calendar' && fields.time === '') return undefined;
  const { way, timeZone, overlap, catchUp, jitter } = fields;
  return {
    ...times(fields),
    ...(way === 'every' || timeZone === 'UTC' ? {} : { time_zone: timeZone }),
    ...(jitter.trim() === '' ? {} : { jitter: jitter.trim() }),
    ...(overlap === 'skip' ? {} : { overlap }),
    ...(catchUp === '1h' ? {} : { catch_up: catchUp }),
  };
}

function times({ way, every, everyText, cron, time, weekdays, dayOfMonth }: ScheduleFields): JsonObject {
  if (way === 'every') return { every: every === 'other' ? everyText.trim() : every };
  if (way === 'cron') return { cron: cron.trim() };
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return {
    calendar: {
      hour,
      ...(minute === 0 ? {} : { minute }),
      ...(dayOfMonth.trim() === '' ? {} : { day_of_month: dayOfMonth.trim() }),
      ...(weekdays.length === 0 ? {} : { day_of_week: weekdayNames.filter((day) => weekdays.includes(day)) }),
    },
  };
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
