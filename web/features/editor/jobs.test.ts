import { describe, expect, test } from 'vitest';
import type { Json } from '../../../core/json.ts';
import { connect, disconnect, freeName, itemsOf, jobsOf, removeJob, renameReferences } from './jobs.ts';
import { jsonAfter } from './text/edit.ts';

const document: Json = {
  name: 'p',
  jobs: [
    { name: 'a' },
    { name: 'b', requires: ['a'] },
    { job: 'deploy', requires: ['b', 'a'] },
    { name: 'g', sequence: true, jobs: [{ name: 'a' }, { name: 'b' }, { name: 'b' }] },
  ],
};
const jobs = jobsOf(document);
const place = (id: string) => jobs.find((each) => each.id === id) as (typeof jobs)[number];

test('Jobs are found wherever they stand, and those that are called alike stay apart', () => {
  expect(jobs.map(({ id }) => id)).toEqual(['a', 'b', 'deploy', 'g', 'g/a', 'g/b', 'g/b (2)']);
  expect(itemsOf(document, jobs).slice(4)).toEqual([
    { path: 'g/a', parent: 'g', requires: [] },
    { path: 'g/b', parent: 'g', requires: ['g/a'] },
    { path: 'g/b (2)', parent: 'g', requires: ['g/b'] },
  ]);
});

describe('requiring', () => {
  test('adds the name', () => {
    const made = connect(jobs, 'g', 'a');
    expect('edit' in made && jsonAfter(document, made.edit)).toMatchObject({ jobs: [{ requires: ['g'] }, {}, {}, {}] });
  });

  test.each([
    ['a', 'a', /itself/],
    ['a', 'b', /already/],
    ['a', 'g/b', /same group/],
    ['deploy', 'a', /circle: deploy requires .*a requires deploy/],
  ])('%s by %s is refused, with the reason', (from, to, reason) => {
    expect(connect(jobs, from, to)).toEqual({ refusal: expect.stringMatching(reason) as string });
  });

  test('is taken back, and with the last one the field goes', () => {
    expect(disconnect(jobs, 'a', 'b')).toEqual({ op: 'remove', path: ['jobs', 1, 'requires'] });
    expect(disconnect(jobs, 'a', 'deploy')).toEqual({ op: 'remove', path: ['jobs', 2, 'requires', 1] });
    expect(disconnect(jobs, 'b', 'a')).toBeUndefined();
  });
});

test('a new name and a removal reach those that require the Job', () => {
  const renamed = renameReferences(document, jobs, place('a'), { from: 'a', to: 'first' }).reduce(jsonAfter, document);
  expect(renamed).toMatchObject({ jobs: [{}, { requires: ['first'] }, { requires: ['b', 'first'] }, {}] });
  expect(renameReferences(document, jobs, place('g/b'), { from: 'b', to: 'c' })).toEqual([]);
  expect(jsonAfterAll(removeJob(jobs, place('a')))).toMatchObject({ jobs: [{ name: 'b' }, { requires: ['b'] }, {}] });
});

test('a free name counts on', () => {
  expect(freeName('check', ['check', 'check-2'])).toBe('check-3');
});

function jsonAfterAll(edits: ReturnType<typeof removeJob>): Json {
  return edits.reduce(jsonAfter, document);
}
