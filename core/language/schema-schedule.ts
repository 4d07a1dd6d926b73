import { z } from 'zod';
import { durationMs } from '../duration.ts';
import { Duration } from '../duration-schema.ts';
import { type Calendar, nextMatchOf } from '../schedule/calendar.ts';
import { parseCron } from '../schedule/cron.ts';
import { TimesFault } from '../schedule/field.ts';
import { calendarOf } from '../schedule/times.ts';
import { strict } from './fields.ts';

/** Temporal keeps whole seconds. */
const WholeSeconds = Duration.superRefine((text, context) => {
  const ms = durationMs(text);
  if (ms === undefined || ms % 1000 === 0) return;
  context.addIssue({ code: 'custom', message: `${text} is not of whole seconds, and Temporal keeps no parts of one` });
});

const Every = Duration.superRefine((text, context) => {
  const ms = durationMs(text);
  if (ms === undefined || (ms >= 1000 && ms % 1000 === 0)) return;
  const reason = 'Temporal starts nothing more often than once a second, at whole seconds; write 1s or more';
  context.addIssue({ code: 'custom', message: `every ${text} is too often or between seconds: ${reason}` });
});

const CatchUp = Duration.superRefine((text, context) => {
  if ((durationMs(text) ?? 10_000) >= 10_000) return;
  context.addIssue({ code: 'custom', message: 'Temporal catches up on at least 10 seconds; write 10s or more' });
});

const Cron = z
  .string()
  .max(500)
  .superRefine((text, context) => {
    const fault = faultOf(() => parseCron(text));
    if (fault !== undefined) context.addIssue({ code: 'custom', message: fault });
  });

const Part = z.union([z.int(), z.string().min(1).max(200)]);
const Field = z.union(
  [Part, z.array(Part).min(1).max(100)],
  'write a number, a text as 1-5 or */10, or a list of them',
);

export const CalendarSpec = strict({
  second: Field.optional().describe('0 to 59; 0 when absent'),
  minute: Field.optional().describe('0 to 59; 0 when absent'),
  hour: Field.optional().describe('0 to 23; 0 when absent'),
  day_of_month: Field.optional().describe('1 to 31; any when absent'),
  month: Field.optional().describe('1 to 12 or names; any when absent'),
  year: Field.optional().describe('As 2030; any when absent'),
  day_of_week: Field.optional().describe('0 to 7 or names, Sunday is 0 and 7; any when absent'),
  comment: z.string().max(200).optional(),
}).superRefine((spec, context) => {
  const fault = faultOf(() => [calendarOf(spec)]);
  if (fault !== undefined) context.addIssue({ code: 'custom', message: fault });
});
export type CalendarSpec = z.infer<typeof CalendarSpec>;

const Moment = z.iso.datetime({ offset: true, error: 'write a time and its offset, as 2030-01-31T08:00:00Z' });

const oneOrMore = <Item extends z.ZodType>(item: Item) => z.union([item, z.array(item).min(1).max(50)]);

export const Schedule = strict({
  every: Every.optional().describe('Once in this time, as 10m; counted from 1970 on'),
  offset: WholeSeconds.optional().describe('How much later than that, as 3m'),
  cron: oneOrMore(Cron).optional().describe('Five fields, as 0 3 * * *, or @hourly and its like; one or several'),
  calendar: oneOrMore(CalendarSpec).optional().describe('Fields of a calendar, all of which match; one or several'),
  time_zone: z.string().min(1).max(100).optional().describe('Of cron and calendar, as Europe/Berlin; UTC when absent'),
  jitter: WholeSeconds.optional().describe('Each start is late by up to this, by chance'),
  overlap: z
    .enum(['skip', 'buffer', 'buffer_all', 'cancel', 'allow'])
    .optional()
    .describe('What becomes of a start while runs of an earlier one go on; skip when absent'),
  catch_up: CatchUp.optional().describe('How late a start that was missed may still be made; 1h when absent'),
  start_at: Moment.optional().describe('None before this'),
  end_at: Moment.optional().describe('None after this'),
  paused: z.boolean().optional().describe('Made paused'),
}).superRefine(({ every, offset, cron, calendar, start_at, end_at }, context) => {
  const fault = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message });
  if (every === undefined && cron === undefined && calendar === undefined) {
    fault([], 'it says no times: write every: 10m, or cron: 0 3 * * *, or calendar: { hour: 3 }');
  }
  if (every === undefined && offset !== undefined) fault(['offset'], 'offset shifts every, and there is none');
  if (every !== undefined && offset !== undefined && (durationMs(offset) ?? 0) >= (durationMs(every) ?? 0)) {
    fault(['offset'], `offset is less than every, ${every}`);
  }
  if (start_at !== undefined && end_at !== undefined && Date.parse(end_at) < Date.parse(start_at)) {
    fault(['end_at'], 'it ends before it starts');
  }
});
export type Schedule = z.infer<typeof Schedule>;

/** What is wrong with a text, or why no day matches it. */
function faultOf(read: () => Calendar[]): string | undefined {
  let calendars: Calendar[];
  try {
    calendars = read();
  } catch (error) {
    if (error instanceof TimesFault) return error.message;
    throw error;
  }
  if (calendars.some((calendar) => nextMatchOf(calendar)(0) !== undefined)) return undefined;
  return 'it never fires: no day up to the year 2100 has that date, month and day of the week';
}
