import { expect, test } from 'vitest';
import { jobOfTags, jobPrefix, jobTags, workerPrefix } from './names.ts';

const job = { runId: 'd4ce', jobPath: "build/ünit[0] (x)~!*'@%=", jobAttempt: 2 };

test.each([
  ['odd', job],
  ['long', { ...job, jobPath: `${'ä'.repeat(200)}[0]` }],
])('a Job of an %s name comes back from its tags', (_, key) => {
  const tags = jobTags(key);
  for (const { key: name, value } of tags) {
    expect(`${name}${value}`).toMatch(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]+$/u);
    expect(value?.length).toBeLessThanOrEqual(256);
  }
  expect(jobOfTags([{ key: 'team', value: 'x' }, ...tags.toReversed()])).toEqual(key);
});

test('what is not ours has no Job', () => {
  expect(jobOfTags([])).toBeUndefined();
  expect(jobOfTags([{ key: 'palvella:job', value: 'odd' }])).toBeUndefined();
});

test('what a Worker makes is found by its name', () => {
  expect(jobPrefix('w', job).startsWith(workerPrefix('w'))).toBe(true);
  expect(jobPrefix('w', { ...job, jobAttempt: 3 })).not.toBe(jobPrefix('w', job));
});
