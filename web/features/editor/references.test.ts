import { expect, test } from 'vitest';
import { renameInExpressions } from './references.ts';

const renamed = (text: string, before: string, from: string, to: string) => {
  const [edit] = renameInExpressions({ a: text }, [], before, { from, to });
  return edit?.op === 'set' ? edit.value : text;
};

test.each([
  ['${{ job["plan"].output.x }}', '${{ job.init.output.x }}'],
  ["job['plan'].status == 'failed'", "job.init.status == 'failed'"],
  ['job.plan.status && job.plan2.status', 'job.init.status && job.plan2.status'],
  ['job["plan-b"].output', 'job["plan-b"].output'],
  ['job.self.params.plan', 'job.self.params.plan'],
  ['my.job.plan', 'my.job.plan'],
])('%s names the Job by its new name', (before, after) => {
  expect(renamed(before, 'job', 'plan', 'init')).toBe(after);
});

test('a name that needs brackets gets them, and an Action is found by what stands before it', () => {
  expect(renamed('job.current.action.match.output.0', 'job.current.action', 'match', 'the-match')).toBe(
    'job.current.action["the-match"].output.0',
  );
  expect(renamed('job["a"].b', 'job', 'a', 'x-y')).toBe('job["x-y"].b');
  expect(renamed('job.match', 'job.current.action', 'match', 'x')).toBe('job.match');
});
