import { describe, expect, test } from 'vitest';
import type { JobPlan } from '../../core/plan.ts';
import type { Status } from '../../core/status.ts';
import { inheritedJobs } from './inherited-jobs.ts';

function job(name: string, more: Partial<JobPlan> = {}): JobPlan {
  return { name, requires: [], when: 'success', params: [], args: {}, body: { kind: 'actions', actions: [] }, ...more };
}

function group(name: string, jobs: JobPlan[], more: Partial<JobPlan> = {}): JobPlan {
  return job(name, { body: { kind: 'jobs', jobs, scope: 'inherit' }, ...more });
}

/** What is taken over, by path. */
function kept(jobs: JobPlan[], ended: Record<string, Status>, from?: string): string[] {
  const states = Object.entries(ended).map(([path, status]) => ({ path, status }));
  return inheritedJobs({ jobs }, states, from).map(({ path }) => path);
}

const chain = [job('a'), job('b', { requires: ['a'] }), job('c', { requires: ['b'] }), job('d')];

describe('a retry takes over', () => {
  test('what ended well before what failed, and beside it', () => {
    expect(kept(chain, { a: 'succeeded', b: 'failed', c: 'blocked', d: 'skipped' })).toEqual(['a', 'd']);
  });

  test('nothing after what is done again, also where it ended well', () => {
    expect(kept(chain, { a: 'failed', b: 'skipped', c: 'succeeded', d: 'succeeded' })).toEqual(['d']);
  });

  test('nothing of a handler that ran because of a failure', () => {
    const jobs = [job('a'), job('tidy', { requires: ['a'], when: 'failure' })];
    expect(kept(jobs, { a: 'failed', tidy: 'succeeded' })).toEqual([]);
  });

  test('nothing that never began', () => {
    expect(kept(chain, { a: 'succeeded' })).toEqual(['a']);
  });

  test('from a Job: it and all after it again, and what failed besides', () => {
    const all = { a: 'succeeded', b: 'succeeded', c: 'succeeded', d: 'succeeded' } as const;
    expect(kept(chain, all, 'b')).toEqual(['a', 'd']);
    expect(kept(chain, { ...all, d: 'failed' }, 'c')).toEqual(['a', 'b']);
  });

  test('the finished Jobs of a group in which one failed', () => {
    const jobs = [group('g', [job('x'), job('y', { requires: ['x'] }), job('z')]), job('after', { requires: ['g'] })];
    const ended = {
      g: 'failed',
      'g/x': 'succeeded',
      'g/y': 'failed',
      'g/z': 'succeeded',
      after: 'blocked',
    } as const;
    expect(kept(jobs, ended)).toEqual(['g/x', 'g/z']);
  });

  test('nothing of a group after what is done again, and nothing of one that is named', () => {
    const jobs = [job('a'), group('g', [job('x')], { requires: ['a'] })];
    const ended = { a: 'failed', g: 'failed', 'g/x': 'succeeded' } as const;
    expect(kept(jobs, ended)).toEqual([]);
    expect(kept(jobs, { ...ended, a: 'succeeded' }, 'g')).toEqual(['a']);
  });

  test('from a Job in a group: its group again, but not what was before it there', () => {
    const jobs = [group('g', [job('x'), job('y', { requires: ['x'] })]), job('after', { requires: ['g'] })];
    const ended = { g: 'succeeded', 'g/x': 'succeeded', 'g/y': 'succeeded', after: 'succeeded' } as const;
    expect(kept(jobs, ended, 'g/y')).toEqual(['g/x']);
  });

  test('the instances of a for_each that ended well, with all in them', () => {
    const jobs = [group('each', [job('x'), job('y')], { forEach: { literal: [1, 2] } }), job('each-other')];
    const ended = {
      each: 'failed',
      'each[0]': 'succeeded',
      'each[0]/x': 'succeeded',
      'each[0]/y': 'succeeded',
      'each[1]': 'failed',
      'each[1]/x': 'succeeded',
      'each[1]/y': 'failed',
      'each-other': 'succeeded',
    } as const;
    expect(kept(jobs, ended)).toEqual(['each[0]', 'each[0]/x', 'each[0]/y', 'each[1]/x', 'each-other']);
    expect(kept(jobs, ended, 'each[0]')).toEqual(['each[1]/x', 'each-other']);
  });

  test('a long chain without a deep stack', () => {
    const jobs = Array.from({ length: 2000 }, (_, at) => job(`j${at}`, { requires: at === 0 ? [] : [`j${at - 1}`] }));
    const ended = Object.fromEntries(jobs.map(({ name }) => [name, 'succeeded' as Status]));
    expect(kept(jobs.toReversed(), ended).length).toBe(2000);
  });
});
