import { expect, test } from 'vitest';
import type { JsonObject } from '../../../core/json.ts';
import type { JobState } from '../../../core/run-state.ts';
import type { Status } from '../../../core/status.ts';
import { compareRuns, tookMs } from './compare-runs.ts';

const job = (path: string, status: Status, output: JsonObject = {}, more: Partial<JobState> = {}) =>
  ({ path, status, output, inherited: false, startedAt: null, endedAt: null, ...more }) as JobState;

test('parameters are paired by name, and marked where they differ or are on one side only', () => {
  const { parameters } = compareRuns(
    { parameters: { to: 'nonprod', same: { a: 1, b: 2 }, old: 1 }, jobs: [] },
    { parameters: { to: 'prod', same: { b: 2, a: 1 }, fresh: null }, jobs: [] },
  );
  expect(parameters.map(({ name, differs }) => [name, differs])).toEqual([
    ['to', true],
    ['same', false],
    ['old', true],
    ['fresh', true],
  ]);
});

test('Jobs are paired by path, and marked where their status or an output differs', () => {
  const a = [job('x', 'succeeded', { n: 1 }), job('y', 'succeeded', { n: 1 }), job('gone', 'skipped')];
  const b = [job('x', 'succeeded', { n: 1 }), job('y', 'succeeded', { n: 2 }), job('fresh', 'failed')];
  const { jobs } = compareRuns({ parameters: {}, jobs: a }, { parameters: {}, jobs: b });
  expect(jobs.map(({ path, differs }) => [path, differs])).toEqual([
    ['x', false],
    ['y', true],
    ['fresh', true],
    ['gone', true],
  ]);
});

test('what was taken over took no time here', () => {
  const times = { startedAt: '2026-01-01T00:00:00Z', endedAt: '2026-01-01T00:00:02Z' };
  expect(tookMs(job('x', 'succeeded', {}, times))).toBe(2000);
  expect(tookMs(job('x', 'succeeded', {}, { ...times, inherited: true }))).toBeUndefined();
  expect(tookMs(undefined)).toBeUndefined();
});
