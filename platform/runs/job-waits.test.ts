import { expect, test } from 'vitest';
import type { RunDetail } from '../../core/api/objects.ts';
import type { JobState, Wait } from '../../core/run-state.ts';
import { withJobWaits } from './job-waits.ts';

function job(path: string, of: Partial<JobState> = {}): JobState {
  const at = path.lastIndexOf('/');
  const parent = at < 0 ? null : path.slice(0, at);
  const more = { parent, requires: [], status: 'queued', wait: null, startedAt: null, ...of };
  return { path, name: path.slice(at + 1), ...more } as unknown as JobState;
}

function waits(jobs: JobState[], status = 'running') {
  const read = withJobWaits({ status, jobs } as unknown as RunDetail);
  return Object.fromEntries(read.jobs.map(({ path, wait }) => [path, wait]));
}

test('a Job that has not begun names those that it requires and that are open, beside it alone', () => {
  const jobs = [
    job('a', { status: 'succeeded' }),
    job('b', { status: 'running' }),
    job('c', { requires: ['a', 'b'] }),
    job('g', { status: 'running' }),
    job('g/a', { status: 'running' }),
    job('g/c', { requires: ['a'] }),
    job('d', { requires: ['a'] }),
  ];
  expect(waits(jobs)).toEqual({
    a: null,
    b: null,
    c: { kind: 'jobs', names: ['b'] },
    g: null,
    'g/a': null,
    'g/c': { kind: 'jobs', names: ['a'] },
    d: { kind: 'part' },
  });
});

test('within what has not begun itself a Job waits for that, and in a run that has not for the run', () => {
  const jobs = [job('g', { requires: ['a'] }), job('g/x'), job('g/y', { requires: ['x'] })];
  const inner = { kind: 'outer', job: 'g' };
  expect(waits([job('a', { status: 'running' }), ...jobs])).toMatchObject({
    g: { kind: 'jobs', names: ['a'] },
    'g/x': inner,
    'g/y': inner,
  });
  expect(waits(jobs, 'queued')).toEqual({ g: { kind: 'outer', job: null }, 'g/x': inner, 'g/y': inner });
});

test('what a Job itself tells stands, but its place in the line is that of now', () => {
  const lock: Wait = { kind: 'lock', names: ['x'] };
  const line = (startedAt: string, position: number, more: Partial<JobState> = {}) => ({
    startedAt: `2026-01-01T00:00:${startedAt}.000Z`,
    wait: { kind: 'window', position } as const,
    ...more,
  });
  const tries = [{ nextAt: '2026-01-01T00:00:09.000Z' }] as unknown as JobState['tries'];
  const jobs = [
    job('a', { wait: lock, requires: ['b'] }),
    job('b', line('05', 2)),
    job('c', line('01', 11)),
    job('d', line('02', 3, { tries })),
  ];
  expect(waits(jobs)).toEqual({
    a: lock,
    b: { kind: 'window', position: 2 },
    c: { kind: 'window', position: 1 },
    d: { kind: 'window', position: 3 },
  });
});
