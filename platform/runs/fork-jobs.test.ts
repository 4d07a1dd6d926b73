import { describe, expect, test } from 'vitest';
import type { ActionPlan, JobPlan } from '../../core/plan.ts';
import type { Status } from '../../core/status.ts';
import { forkJobs } from './fork-jobs.ts';

function job(name: string, more: Partial<JobPlan> = {}): JobPlan {
  return { name, requires: [], when: 'success', params: [], args: {}, body: { kind: 'actions', actions: [] }, ...more };
}
const after = (name: string, ...requires: string[]) => job(name, { requires });
const group = (name: string, jobs: JobPlan[], more: Partial<JobPlan> = {}) =>
  job(name, { body: { kind: 'jobs', jobs, scope: 'inherit' }, ...more });
const approval = (name: string, ...requires: string[]) =>
  job(name, { requires, body: { kind: 'actions', actions: [{ name: 'ask', type: 'approval' } as ActionPlan] } });

type Ended = Readonly<Record<string, Status>>;
const well = (...paths: string[]): Ended => Object.fromEntries(paths.map((path) => [path, 'succeeded' as const]));

function forked(jobs: JobPlan[], ended: Ended, from: string | undefined, was = jobs) {
  const states = Object.entries(ended).map(([path, status]) => ({ path, status }));
  const { jobs: found, taken } = forkJobs({ jobs }, { name: 'p/1', plan: { jobs: was }, jobs: states }, from);
  const of = (does: string) => found.filter((one) => one.does === does).map(({ path }) => path);
  return { taken, runs: of('runs'), gone: found.filter(({ does }) => does === 'gone'), found };
}

const chain = [job('a'), after('b', 'a'), after('c', 'b'), job('beside')];

describe('a fork', () => {
  test('from the beginning takes over nothing', () => {
    expect(forked(chain, well('a', 'b', 'c', 'beside'), undefined)).toMatchObject({
      taken: [],
      runs: ['a', 'b', 'c', 'beside'],
    });
  });

  test('takes over what is before its Job, and runs it, what comes after and what is beside', () => {
    expect(forked(chain, well('a', 'b', 'c', 'beside'), 'c')).toMatchObject({
      taken: ['a', 'b'],
      runs: ['c', 'beside'],
      gone: [],
    });
  });

  test('names what is before its Job and was not done, did not end well or is new', () => {
    expect(forked(chain, { a: 'succeeded', b: 'failed' }, 'c').gone).toMatchObject([
      { path: 'b', why: 'It did not end well in p/1: failed.' },
    ]);
    const newer = [job('a'), job('new'), after('c', 'a', 'new')];
    expect(forked(newer, well('a', 'b', 'c'), 'c', chain).gone).toMatchObject([
      { path: 'new', why: 'p/1 has no result of it.' },
    ]);
  });

  test('takes over what was skipped, and asks nothing of what is after its Job', () => {
    expect(forked(chain, { a: 'skipped', b: 'failed', c: 'blocked' }, 'b')).toMatchObject({ taken: ['a'], gone: [] });
  });

  test('says what is written otherwise by now', () => {
    const newer = [job('a', { timeoutMs: 1 }), after('b', 'a'), after('c', 'b')];
    const { found } = forked(newer, well('a', 'b', 'c'), 'c', chain);
    expect(found.map(({ path, changed }) => [path, changed])).toEqual([
      ['a', true],
      ['b', false],
      ['c', false],
    ]);
  });

  test('refuses what has become something else', () => {
    const newer = [group('a', [job('x')]), after('b', 'a')];
    expect(forked(newer, well('a', 'b'), 'b', [job('a'), after('b', 'a')]).gone).toMatchObject([
      { path: 'a', why: 'It was a single Job in p/1 and is a group of Jobs now.' },
    ]);
  });

  test('asks for approval again, and does again what comes after it', () => {
    const jobs = [job('plan'), approval('ask', 'plan'), after('apply', 'ask'), after('check', 'apply')];
    const { taken, runs, found } = forked(jobs, well('plan', 'ask', 'apply', 'check'), 'check');
    expect({ taken, runs }).toEqual({ taken: ['plan'], runs: ['ask', 'apply', 'check'] });
    expect(found.map(({ why }) => why)).toEqual([
      null,
      'A fork asks for approval again.',
      'It comes after ask, which runs again.',
      'The fork goes on from it.',
    ]);
  });

  test('asks again also where the approval is in a group, and takes over what is before it there', () => {
    const jobs = [group('g', [job('x'), approval('ask', 'x'), after('y', 'ask')]), after('z', 'g')];
    const ended = well('g', 'g/x', 'g/ask', 'g/y', 'z');
    expect(forked(jobs, ended, 'z')).toMatchObject({ taken: ['g/x'], runs: ['g', 'g/ask', 'g/y', 'z'], gone: [] });
  });

  test('from a Job in a group takes over what is before it there and before its group', () => {
    const jobs = [job('a'), group('g', [job('x'), after('y', 'x'), job('z')], { requires: ['a'] }), after('b', 'g')];
    const ended = well('a', 'g', 'g/x', 'g/y', 'g/z', 'b');
    expect(forked(jobs, ended, 'g/y')).toMatchObject({ taken: ['a', 'g/x'], runs: ['g', 'g/y', 'g/z', 'b'] });
  });

  test('takes over a group with all in it, and a list with what was made of it', () => {
    const jobs = [group('g', [job('x')]), job('each', { forEach: { literal: [1] } }), after('b', 'g', 'each')];
    const ended = well('g', 'g/x', 'each', 'each[0]', 'each[1]', 'each-other', 'b');
    expect(forked(jobs, ended, 'b').taken).toEqual(['g', 'g/x', 'each', 'each[0]', 'each[1]']);
    const newer = [group('g', [job('x'), job('more')]), after('b', 'g')];
    expect(forked(newer, ended, 'b', jobs).gone.map(({ path }) => path)).toEqual(['g', 'g/more']);
  });

  test('names a list, not what it makes, as that is not gone on from singly', () => {
    const jobs = [group('each', [job('x')], { forEach: { literal: [1] } }), after('b', 'each')];
    expect(forked(jobs, well('each', 'each[0]', 'each[0]/x', 'b'), 'b').found.map(({ path }) => path)).toEqual([
      'each',
      'b',
    ]);
  });

  test('goes through a long chain, whatever the order it is written in', () => {
    const jobs = Array.from({ length: 5000 }, (_, at) => after(`j${at}`, ...(at === 0 ? [] : [`j${at - 1}`])));
    const ended = well(...jobs.map(({ name }) => name));
    expect(forked(jobs.toReversed(), ended, 'j4999').taken.length).toBe(4999);
  });
});
