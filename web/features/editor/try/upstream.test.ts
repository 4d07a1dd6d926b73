import { expect, test } from 'vitest';
import { jobsOf } from '../jobs.ts';
import { upstreamOf } from './upstream.ts';

test('all that a Job comes after, what its group requires counted', () => {
  const jobs = jobsOf({
    jobs: [
      { name: 'a' },
      { name: 'b', requires: ['a'] },
      { name: 'other' },
      { name: 'g', requires: ['b'], jobs: [{ name: 'x' }, { name: 'y', requires: ['x'] }] },
    ],
  });
  const of = (id: string) => upstreamOf(jobs, jobs.find((each) => each.id === id) as (typeof jobs)[number]);
  expect(of('g/y').map(({ id }) => id)).toEqual(['a', 'b', 'g/x']);
  expect(of('a')).toEqual([]);
});
