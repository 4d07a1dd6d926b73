import { expect, test } from 'vitest';
import type { JobState } from '../../../core/run-state.ts';
import type { Status } from '../../../core/status.ts';
import { jobFilter, jobRows } from './job-tree.ts';

const job = (path: string, parent: string | null, status: Status = 'succeeded') =>
  ({ path, name: path, parent, status }) as unknown as JobState;
const jobs = [job('a', null), job('g', null, 'failed'), job('g/x', 'g', 'failed'), job('g/y', 'g'), job('z', null)];
const shown = (keep: (job: JobState) => boolean) => jobRows(jobs, keep).map((row) => `${row.depth} ${row.job.path}`);

test('Jobs stand under their group, wherever they come in the list', () => {
  expect(shown(() => true)).toEqual(['0 a', '0 g', '1 g/x', '1 g/y', '0 z']);
  expect(jobRows([job('g/x', 'g'), job('g', null)], () => true).map((row) => row.isGroup)).toEqual([true, false]);
});

test('a Job that is kept keeps its group', () => {
  expect(shown(jobFilter('X', false))).toEqual(['0 g', '1 g/x']);
  expect(shown(jobFilter('', true))).toEqual(['0 g', '1 g/x']);
});
