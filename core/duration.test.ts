import { expect, test } from 'vitest';
import { durationMs } from './duration.ts';
import { Duration } from './duration-schema.ts';

test.each([
  ['500ms', 500],
  ['30s', 30_000],
  ['5m', 300_000],
  ['2h', 7_200_000],
  ['30d', 2_592_000_000],
  ['3650d', 315_360_000_000],
])('%s is %i ms', (text, ms) => {
  expect(durationMs(text)).toBe(ms);
  expect(Duration.safeParse(text).success).toBe(true);
});

test.each(['', '5', '0s', '-1s', '1.5h', '5 m', '5M', '1w', '3651d', '99999999999ms', '٣s', '5m ', '1h30m'])(
  '%j is no duration, and the error shows some that are',
  (text) => {
    expect(durationMs(text)).toBeUndefined();
    expect(Duration.safeParse(text).error?.issues[0]?.message).toContain('30s, 5m');
  },
);
