import { expect, test } from 'vitest';
import { TriggerSpec } from '../../../core/language/schema-trigger.ts';
import { initialFields, toSchedule, toTrigger } from './form-model.ts';

const fields = initialFields('Europe/Berlin');

test('it stands at every 10 minutes, and says nothing that goes without saying', () => {
  expect(toSchedule(fields)).toEqual({ every: '10m' });
});

test.each([
  [{ every: 'other', everyText: ' 45m ' }, { every: '45m' }],
  [
    { way: 'cron', cron: '*/5 * * * *', overlap: 'allow', catchUp: '1d', jitter: '30s' },
    { cron: '*/5 * * * *', time_zone: 'Europe/Berlin', jitter: '30s', overlap: 'allow', catch_up: '1d' },
  ],
  [{ way: 'cron', timeZone: 'UTC' }, { cron: '0 3 * * *' }],
  [
    { way: 'calendar', time: '08:30', weekdays: ['FRI', 'MON'], dayOfMonth: '1-7', timeZone: 'UTC' },
    { calendar: { hour: 8, minute: 30, day_of_month: '1-7', day_of_week: ['MON', 'FRI'] } },
  ],
  [{ offset: ' 3m ' }, { every: '10m', offset: '3m' }],
  [{ way: 'cron', cron: '0 3 * * *\n\n 30 12 * * MON \n', timeZone: 'UTC' }, { cron: ['0 3 * * *', '30 12 * * MON'] }],
  [
    { way: 'calendar', month: 'MAR,6-8', year: '2030', timeZone: 'UTC' },
    { calendar: { hour: 3, month: 'MAR,6-8', year: '2030' } },
  ],
] as const)('%j is %j, which the language takes', (change, schedule) => {
  const made = toSchedule({ ...fields, ...change } as typeof fields) ?? {};
  expect(made).toEqual(schedule);
  expect(TriggerSpec.parse(toTrigger('t', made, { pipeline: 'p', args: {} }))).toMatchObject({ schedule });
});

test('its first and last moment are of the reader’s own clock', () => {
  const made = toSchedule({ ...fields, startAt: '2030-01-31T08:00', endAt: '2030-02-01T09:30' }) ?? {};
  expect(made).toEqual({
    every: '10m',
    start_at: expect.stringMatching(/^20[0-9T:-]+Z$/) as unknown,
    end_at: expect.stringMatching(/^20[0-9T:-]+Z$/) as unknown,
  });
  expect(Date.parse(made['start_at'] as string)).toBe(new Date(2030, 0, 31, 8).getTime());
  expect(Date.parse(made['end_at'] as string)).toBe(new Date(2030, 1, 1, 9, 30).getTime());
  expect(TriggerSpec.parse(toTrigger('t', made, { pipeline: 'p', args: {} }))).toMatchObject({ schedule: made });
});

test('a time of day that was cleared is no midnight', () => {
  expect(toSchedule({ ...fields, way: 'calendar', time: '' })).toBeUndefined();
  expect(toSchedule({ ...fields, way: 'every', time: '' })).toEqual({ every: '10m' });
});

test('args stand in the Trigger where there are some', () => {
  const trigger = toTrigger('t', { every: '1h' }, { pipeline: 'p', args: { at: 'now' } });
  expect(trigger['runs']).toEqual([{ pipeline: 'p', args: { at: 'now' } }]);
});
