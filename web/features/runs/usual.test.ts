import { expect, test } from 'vitest';
import { usualMs } from './usual.ts';

const run = (status: 'succeeded' | 'failed', seconds: number | null) => ({
  status,
  startedAt: '2026-03-01T10:00:00.000Z',
  endedAt: seconds === null ? null : new Date(Date.parse('2026-03-01T10:00:00Z') + seconds * 1000).toISOString(),
});

test('the usual is of runs that succeeded', () => {
  expect(usualMs([run('succeeded', 10), run('failed', 1), run('succeeded', 30), run('succeeded', 20)])).toBe(20_000);
  expect(usualMs([run('failed', 1)])).toBeNull();
  expect(usualMs([run('succeeded', null)])).toBeNull();
});
