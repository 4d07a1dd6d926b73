import { describe, expect, test } from 'vitest';
import type { Json } from '../json.ts';
import type { JobPlan, Plan } from '../plan.ts';
import { tryPlan } from './try-plan.ts';

const job = (name: string, ...requires: string[]): JobPlan => ({
  name,
  requires,
  when: 'success',
  params: [],
  args: {},
  body: { kind: 'actions', actions: [] },
});
const group = (name: string, jobs: JobPlan[], ...requires: string[]): JobPlan => ({
  ...job(name, ...requires),
  body: { kind: 'jobs', jobs, scope: 'inherit' },
});
const plan = (...jobs: JobPlan[]): Plan => ({ format: 1, pipeline: 'p', parameters: [], timeoutMs: 5, jobs });
const samples = (outputs: Record<string, Json> = {}, statuses: Record<string, 'failed' | 'skipped'> = {}) => ({
  outputs: new Map(Object.entries(outputs)),
  statuses: new Map(Object.entries(statuses)),
});
const names = (jobs: readonly JobPlan[]): unknown[] =>
  jobs.map(({ name, body }) => (body.kind === 'jobs' ? [name, names(body.jobs)] : name));
const inputOf = (one: JobPlan | undefined) => (one?.body.kind === 'actions' ? one.body.actions[0]?.input : undefined);

describe('the plan of a try', () => {
  const chain = plan(job('a'), job('b', 'a'), job('beside'), job('c', 'b'), job('after', 'c'));

  test('has the Job and what is before it, and nothing else', () => {
    const tried = tryPlan(chain, 'c', samples({ b: { n: 1 } }));
    expect(names(tried.jobs)).toEqual(['a', 'b', 'c']);
    expect(tried.jobs.at(-1)).toEqual(job('c', 'b'));
    expect(inputOf(tried.jobs[1])).toEqual({ n: { literal: 1 } });
    expect(tried).toMatchObject({ pipeline: 'p', timeoutMs: 5 });
  });

  test('keeps the groups around it, with what is before them', () => {
    const grouped = plan(job('a'), job('x'), group('g', [job('b'), job('c', 'b'), job('d')], 'a'));
    const tried = tryPlan(grouped, 'g/c', samples({ a: { n: 1 }, 'g/b': { n: 2 } }));
    expect(names(tried.jobs)).toEqual(['a', ['g', ['b', 'c']]]);
    expect(tried.jobs[1]?.requires).toEqual(['a']);
  });

  test('is all of it where no Job is named', () => {
    expect(tryPlan(chain, undefined, samples())).toEqual(chain);
    expect(() => tryPlan(chain, undefined, samples({ a: {} }))).toThrow('"a" is no Job before all that runs');
  });

  test('makes of a list one Job for each, with the same outputs in all', () => {
    const each = plan({ ...job('each'), forEach: { literal: [] } }, job('c', 'each'));
    const [stub] = tryPlan(each, 'c', samples({ each: [{ n: 1 }, { m: 2 }] })).jobs;
    expect(stub?.forEach).toEqual({
      literal: [
        { n: 1, m: null },
        { n: null, m: 2 },
      ],
    });
    expect(() => tryPlan(each, 'c', samples({ each: { n: 1 } }))).toThrow('must be a list of objects');
    expect(() => tryPlan(chain, 'c', samples({ a: [] }))).toThrow('must be an object');
  });

  test('lets a Job before it fail or be skipped', () => {
    const [a, b] = tryPlan(chain, 'c', samples({}, { a: 'failed', b: 'skipped' })).jobs;
    expect(a?.body).toMatchObject({ actions: [{ onSuccess: 'end failure' }] });
    expect(b).toMatchObject({ skipIf: 'true' });
  });

  test('refuses what is not there, also where an object has it from its prototype', () => {
    expect(() => tryPlan(chain, 'cc', samples())).toThrow('did you mean "c"?');
    expect(() => tryPlan(chain, 'a/b', samples())).toThrow('There is no Job "a/b"');
    expect(() => tryPlan(chain, 'c', samples({ after: {} }))).toThrow('"after" is no Job before c');
    const named = plan(job('constructor'), job('c', 'constructor'));
    expect(inputOf(tryPlan(named, 'c', samples()).jobs[0])).toEqual({});
  });
});
