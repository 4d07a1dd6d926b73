import Long from 'long';
import { beforeAll, expect, test } from 'vitest';
import { type Schedule, Schedule as ScheduleSchema } from '../../core/language/schema-schedule.ts';
import { timesOf } from '../../core/schedule/times.ts';
import { nextTimes } from '../../platform/schedules/next-times.ts';
import { isAsWritten, temporalSchedule } from '../../platform/schedules/spec.ts';
import { openTemporal } from '../../platform/temporal/client.ts';
import { atEnd, freePort } from '../support/database.ts';
import { startTemporal } from '../support/temporal.ts';

let temporal: ReturnType<typeof openTemporal>;

beforeAll(async () => {
  const address = `127.0.0.1:${await freePort()}`;
  const server = await startTemporal(address);
  temporal = openTemporal({ address, namespace: 'default' });
  atEnd(async () => {
    await temporal.close();
    await server.stop();
  });
});

const springInBerlin = '2027-03-27T22:00:00Z';
/** East of Greenwich, Temporal 1.29 loses times of the hour that comes twice. */
const autumnInNewYork = '2027-11-07T03:00:00Z';

test.each<[Omit<Schedule, 'paused'>, string]>([
  [{ every: '10m' }, '2027-01-01T00:03:10Z'],
  [{ every: '10m' }, '2027-01-01T00:10:00Z'],
  [{ every: '7d', offset: '3d' }, '2027-01-01T00:00:00Z'],
  [{ every: '2s' }, '2027-01-01T00:00:00Z'],
  [{ cron: '*/20 * * * *' }, '2027-01-01T00:03:10Z'],
  [{ cron: '@hourly', time_zone: 'Asia/Kolkata' }, '2027-01-01T00:03:10Z'],
  [{ cron: '30 2 * * *', time_zone: 'Europe/Berlin' }, springInBerlin],
  [{ cron: '*/15 * * * *', time_zone: 'Europe/Berlin' }, springInBerlin],
  [{ cron: '30 1 * * *', time_zone: 'America/New_York' }, autumnInNewYork],
  [{ cron: '*/25 0-3 * * *', time_zone: 'America/New_York' }, autumnInNewYork],
  [{ cron: '0 3 * * *', time_zone: 'Australia/Lord_Howe' }, '2027-04-02T00:00:00Z'],
  [{ cron: '*/10 1-2 * * *', time_zone: 'Australia/Lord_Howe' }, '2027-10-02T14:00:00Z'],
  [{ cron: '0 9 13 * FRI' }, '2027-01-01T00:00:00Z'],
  [{ cron: '0 9 * JAN-MAR 7' }, '2027-01-01T00:00:00Z'],
  [{ cron: '0 0 29 2 *', time_zone: 'America/New_York' }, '2027-01-01T00:00:00Z'],
  [{ cron: ['0 6 * * 1-5', '30 18 * * SAT,SUN'] }, '2027-01-01T00:00:00Z'],
  [{ calendar: { second: '*/20', minute: [5, '30-32'], hour: '9-17/4' } }, '2027-01-01T00:00:00Z'],
  [{ calendar: { day_of_week: 'Monday', day_of_month: '1-7', hour: [8, 20] } }, '2027-01-01T00:00:00Z'],
  [
    { calendar: { year: 2030, month: 'December', day_of_month: 31, hour: 23, minute: 59, second: 59 } },
    '2027-01-01T00:00:00Z',
  ],
  [
    { every: '1h', cron: '15 * * * *', start_at: '2027-01-05T00:30:00+02:00', end_at: '2027-01-05T02:00:00Z' },
    '2027-01-01T00:00:00Z',
  ],
])('%j has after %s the times that Temporal finds, and reads back as it was written', async (written, from) => {
  const schedule = ScheduleSchema.parse(written);
  const handle = await temporal.client.schedule.create({
    scheduleId: `times-${Math.random()}`,
    ...temporalSchedule(schedule),
    action: { type: 'startWorkflow', workflowType: 'none', taskQueue: 'none' },
    state: { paused: true },
  });
  const found = await handle.describe();
  expect(isAsWritten(found, schedule)).toBe(true);
  const ours = nextTimes(timesOf(schedule), new Date(from), 12);
  const last = ours.at(-1) ?? new Date(from);
  const { startTime } = await temporal.client.workflowService.listScheduleMatchingTimes({
    namespace: 'default',
    scheduleId: handle.scheduleId,
    startTime: { seconds: Long.fromNumber(Date.parse(from) / 1000 + 1) },
    endTime: { seconds: Long.fromNumber(last.getTime() / 1000) },
  });
  expect(ours.length).toBeGreaterThan(0);
  expect(startTime.map(({ seconds }) => new Date(Number(seconds) * 1000).toISOString())).toEqual(
    ours.map((one) => one.toISOString()),
  );
});

test('jitter reaches Temporal, and a Schedule without it is not as it was written', async () => {
  const schedule = ScheduleSchema.parse({ every: '1h', jitter: '30s' });
  const handle = await temporal.client.schedule.create({
    scheduleId: 'jitter',
    ...temporalSchedule(schedule),
    action: { type: 'startWorkflow', workflowType: 'none', taskQueue: 'none' },
    state: { paused: true },
  });
  const found = await handle.describe();
  expect(found.spec.jitter).toBe(30_000);
  expect(isAsWritten(found, schedule)).toBe(true);
  expect(isAsWritten(found, ScheduleSchema.parse({ every: '1h' }))).toBe(false);
});
