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
] as const)('%j is %j, which the language takes', (change, schedule) => {
  const made = toSchedule({ ...fields, ...change } as typeof fields) ?? {};
  expect(made).toEqual(schedule);
  expect(TriggerSpec.parse(toTrigger('t', made, { pipeline: 'p', args: {} }))).toMatchObject({ schedule });
});

test('a time of day that was cleared is no midnight', () => {
  expect(toSchedule({ ...fields, way: 'calendar', time: '' })).toBeUndefined();
  expect(toSchedule({ ...fields, way: 'every', time: '' })).toEqual({ every: '10m' });
});

test('args stand in the Trigger where there are some', () => {
  const trigger = toTrigger('t', { every: '1h' }, { pipeline: 'p', args: { at: 'now' } });
  expect(trigger['runs']).toEqual([{ pipeline: 'p', args: { at: 'now' } }]);
});
