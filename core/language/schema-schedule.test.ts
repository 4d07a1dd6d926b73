import { expect, test } from 'vitest';
import { parseFiles } from './parse.ts';

function problems(schedule: string): string[] {
  const content = `kind: Trigger\nname: t\nschedule: ${schedule}\nruns: [{ pipeline: p }]\n`;
  return parseFiles([{ name: 'f', content }]).problems.map(({ path, message }) => `${path}: ${message}`);
}

test.each([
  '{ every: 10m }',
  '{ every: 1h, offset: 19m, jitter: 30s, overlap: buffer_all, catch_up: 10s, paused: true }',
  '{ cron: "*/10 8-18/2 1,15 jan-mar ?" }',
  '{ cron: "5/10 0 * * 7" }',
  '{ cron: ["@daily", "0 12 * * Sunday"], time_zone: Europe/Berlin }',
  '{ calendar: { hour: 3 } }',
  '{ calendar: [{ day_of_week: MON-FRI, hour: [8, "12-14"], comment: office }, { month: 12, day_of_month: 24 }] }',
  '{ cron: "0 0 29 2 *", start_at: "2030-01-01T00:00:00+01:00", end_at: 2040-01-01T00:00:00Z }',
])('%s is right', (schedule) => {
  expect(problems(schedule)).toEqual([]);
});

test.each([
  ['{}', 'schedule: it says no times: write every: 10m'],
  ['{ time_zone: UTC }', 'schedule: it says no times'],
  [
    '{ every: 500ms }',
    'schedule.every: every 500ms is too often or between seconds: Temporal starts nothing more often',
  ],
  ['{ every: 1500ms }', 'schedule.every: every 1500ms is too often or between seconds'],
  ['{ every: ten minutes }', 'schedule.every: "ten minutes" is no duration'],
  ['{ offset: 3m, cron: "@daily" }', 'schedule.offset: offset shifts every, and there is none'],
  ['{ every: 1h, offset: 1h }', 'schedule.offset: offset is less than every, 1h'],
  ['{ every: 1h, jitter: 100ms }', 'schedule.jitter: 100ms is not of whole seconds'],
  ['{ cron: "0 0 31 2 *" }', 'schedule.cron: it never fires: no day up to the year 2100 has that date'],
  ['{ cron: ["@daily", "0 0 30 feb *"] }', 'schedule.cron[1]: it never fires'],
  ['{ cron: "0 0 31 2 * *" }', 'schedule.cron: a cron has five fields'],
  ['{ cron: "@fortnightly" }', 'schedule.cron: there is no @fortnightly; there is @hourly'],
  ['{ cron: "60 * * * *" }', 'schedule.cron: the minute "60" is not from 0 to 59'],
  ['{ cron: "*/0 * * * *" }', 'schedule.cron: the minute "*/0" has a step of 0'],
  ['{ cron: "0 0 L * *" }', 'schedule.cron: "L" is no day of the month; write a number from 1 to 31'],
  ['{ cron: "0 0 * * FRI-MON" }', 'schedule.cron: the day of the week "FRI-MON" ends before it begins'],
  ['{ cron: "0 0 * * MON#1" }', 'schedule.cron: "MON#1" is no day of the week'],
  ['{ cron: [] }', 'schedule.cron: this is empty'],
  ['{ calendar: { hour: 24 } }', 'schedule.calendar: the hour "24" is not from 0 to 23'],
  ['{ calendar: { year: 2030, month: feb, day_of_month: 29 } }', 'schedule.calendar: it never fires'],
  ['{ calendar: { hours: 3 } }', 'schedule.calendar.hours: there is no field "hours"; did you mean "hour"?'],
  ['{ every: 1h, overlap: queue }', 'schedule.overlap: "queue" is none of skip, buffer, buffer_all, cancel, allow'],
  ['{ every: 1h, catch_up: 5s }', 'schedule.catch_up: Temporal catches up on at least 10 seconds'],
  ['{ every: 1h, start_at: tomorrow }', 'schedule.start_at: write a time and its offset'],
  [
    '{ every: 1h, start_at: 2030-01-02T00:00:00Z, end_at: 2030-01-01T00:00:00Z }',
    'schedule.end_at: it ends before it starts',
  ],
])('%s is refused: %s', (schedule, problem) => {
  expect(problems(schedule)).toEqual([expect.stringContaining(problem)]);
});
