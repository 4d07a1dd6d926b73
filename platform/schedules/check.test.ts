import { expect, test } from 'vitest';
import { Schedule } from '../../core/language/schema-schedule.ts';
import { scheduleFault } from './check.ts';

const now = new Date('2030-06-01T12:00:00Z');
const fault = (written: object) => scheduleFault(Schedule.parse(written), now);

test.each([
  { every: '10m' },
  { cron: '@daily', time_zone: 'UTC' },
  { cron: '@daily', time_zone: 'Europe/Berlin' },
  { cron: '@daily', time_zone: 'US/Pacific' },
  { cron: '@daily', time_zone: 'Etc/GMT+5' },
  { every: '1h', end_at: '2030-06-01T13:00:00Z' },
  { calendar: { year: 2031 } },
])('%j is right', (written) => {
  expect(fault(written)).toBeUndefined();
});

test.each([
  [{ cron: '@daily', time_zone: 'Europe/Berln' }, ['time_zone'], 'did you mean "Europe/Berlin"?'],
  [{ cron: '@daily', time_zone: 'europe/berlin' }, ['time_zone'], 'did you mean "Europe/Berlin"?'],
  [{ cron: '@daily', time_zone: 'utc' }, ['time_zone'], 'did you mean "UTC"?'],
  [{ every: '1h', time_zone: '+02:00' }, ['time_zone'], 'write a name as Europe/Berlin or UTC'],
  [{ every: '1h', time_zone: 'Local' }, ['time_zone'], 'there is no time zone "Local"'],
  [{ calendar: { year: 2029 } }, [], 'all its times are past'],
  [{ every: '1h', end_at: '2030-06-01T11:59:00Z' }, ['end_at'], 'its next time would be after end_at'],
])('%j is refused', (written, path, message) => {
  expect(fault(written)).toEqual({ path, message: expect.stringContaining(message) });
});
