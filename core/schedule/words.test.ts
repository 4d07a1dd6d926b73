import { expect, test } from 'vitest';
import { Schedule } from '../language/schema-schedule.ts';
import { timesOf } from './times.ts';
import { timesInWords } from './words.ts';

test.each([
  [{ every: '10m' }, 'every 10 minutes'],
  [{ every: '600s' }, 'every 10 minutes'],
  [{ every: '90m' }, 'every 90 minutes'],
  [{ every: '1d' }, 'every day'],
  [{ every: '1h', offset: '1m' }, 'every hour, 1 minute later than the round times'],
  [{ cron: '*/10 * * * *' }, 'every 10 minutes'],
  [{ cron: '* * * * *' }, 'every minute'],
  [{ cron: '@hourly' }, 'every hour'],
  [{ cron: '7 * * * *' }, 'at 7 minutes past the hour'],
  [{ cron: '5,20 * * * *' }, 'at minutes 5 and 20 past the hour'],
  [{ cron: '*/15 9-17 * * MON-FRI' }, 'every 15 minutes from 09:00 to 17:59 on Monday to Friday'],
  [{ cron: '30 3 * * *' }, 'at 03:30'],
  [{ cron: '0 8,20 * * 6,7' }, 'at 08:00 and 20:00 on Sunday and Saturday'],
  [{ cron: '0 3 1 * *' }, 'at 03:00 on day 1 of the month'],
  [{ cron: '0 9 13 * FRI' }, 'at 09:00 on day 13 of the month; and at 09:00 on Friday'],
  [
    { calendar: { hour: 3, second: 5, month: '1-3,12', year: 2030 } },
    'at 03:00:05 in January to March and December of 2030',
  ],
  [{ calendar: { second: '*/20', minute: '*', hour: '*' } }, 'every 20 seconds'],
  [{ calendar: { minute: 0, hour: '*/2' } }, 'every 2 hours'],
  [{ cron: '5,30 8,9,10,20 * * *' }, 'at minutes 5 and 30 past the hour in the hours 8, 9, 10 and 20'],
  [{ every: '2h', cron: '0 0 1 1 *' }, 'every 2 hours; and at 00:00 on day 1 of the month in January'],
])('%j is %s', (written, words) => {
  expect(timesInWords(timesOf(Schedule.parse(written)))).toBe(words);
});
