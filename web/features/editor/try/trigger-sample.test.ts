import { expect, test } from 'vitest';
import type { Json } from '../../../../core/json.ts';
import { jobsOf } from '../jobs.ts';
import { readSample } from './sample.ts';
import { exampleTrigger, triggerReads, triggerReadsOf } from './trigger-sample.ts';

test.each<[Json, string[][]]>([
  [{ run: 'echo', environ: { A: '${{ trigger.branch }}' } }, [['branch']]],
  [{ skip_if: 'trigger.fork || !has(trigger.payload["a b"].c)' }, [['fork'], ['payload', 'a b', 'c']]],
  [{ compare: { expression: "trigger['sha'] == value" } }, [['sha']]],
  [{ set: { a: 'as ${{ trigger.tag }} of ${{ trigger . title }}' } }, [['tag'], ['title']]],
  // Text, a Trigger's name, and what is only called like it.
  [{ run: 'sh trigger.sh', slack: 'see trigger.branch', wait: { trigger: 'on-push' } }, []],
  [{ skip_if: 'job.self.params.trigger.branch == "" && my_trigger.x' }, []],
])('what %j reads of trigger', (job, reads) => {
  expect(triggerReads(job)).toEqual(reads);
});

test('of a Job in a group, what the group reads counts, and what its other Jobs read does not', () => {
  const jobs = jobsOf({
    jobs: [
      {
        name: 'g',
        skip_if: 'trigger.fork',
        jobs: [
          { name: 'x', skip_if: 'trigger.sha == ""' },
          { name: 'y', skip_if: 'trigger.tag == ""' },
        ],
      },
    ],
  });
  const place = jobs.find(({ id }) => id === 'g/y');
  expect(place && triggerReadsOf(jobs, place)).toEqual([['fork'], ['tag']]);
});

test('the example has all that is read', () => {
  expect(
    exampleTrigger([
      ['branch'],
      ['payload'],
      ['payload', 'item', 'id'],
      ['payload', 'item'],
      ['payload', 'colour'],
      ['new'],
    ]),
  ).toEqual({ branch: 'main', payload: { item: { id: 'sample' }, colour: 'sample' }, new: 'sample' });
});

test('samples are fields, or a list of such where there are several', () => {
  expect(readSample('')).toEqual({ value: undefined });
  expect(readSample('branch: main')).toEqual({ value: { branch: 'main' } });
  expect(readSample('{"branch": "main"}')).toEqual({ value: { branch: 'main' } });
  expect(readSample('main')).toHaveProperty('error', 'Give fields with values, as branch: main');
  expect(readSample('{')).toHaveProperty('error');
  expect(readSample('- a: 1', 'list')).toEqual({ value: [{ a: 1 }] });
  expect(readSample('a: 1', 'list')).toHaveProperty('error');
});
