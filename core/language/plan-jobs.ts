import type { Names } from '../expressions/index.ts';
import type { JobPlan } from '../plan.ts';
import { planRetry, timeoutOf } from './plan-action.ts';
import { planBody } from './plan-body.ts';
import { planGraph } from './plan-graph.ts';
import { planHold } from './plan-holds.ts';
import { at, count, nothing, type Place, type Planning, report, type Surroundings } from './planning.ts';
import type { JobEntry } from './schema-job.ts';
import { planExpression, planValue } from './values.ts';

/** The Jobs of a group, each after those that it requires. */
export function planJobs(
  planning: Planning,
  entries: readonly JobEntry[],
  place: Place,
  sequence: boolean,
  around: Surroundings,
): JobPlan[] {
  const nodes = entries.map((entry, index) => {
    const where = at(place, index);
    const name = entry.name ?? entry.job ?? entry.pipeline;
    if (name === undefined) report(planning, where, 'this Job needs a name');
    return { name: name ?? `job-${index + 1}`, requires: entry.requires ?? [], place: where };
  });
  const graph = planGraph(planning, nodes, sequence);
  const beside = new Set(nodes.map(({ name }) => name));
  const plans: JobPlan[] = [];
  for (const position of graph.order) {
    const entry = entries[position] as JobEntry;
    const { name, place: where } = nodes[position] as (typeof nodes)[number];
    if (!count(planning, 'jobs', where)) break;
    const requires = graph.requires[position] ?? [];
    const names: Names = {
      parameters: around.parameters,
      params: undefined,
      each: entry.for_each !== undefined,
      actions: nothing,
      allActions: nothing,
      jobs: () => union(graph.upstream(position), around.outer()),
      otherJobs: () => beside,
      value: false,
    };
    checkReached(planning, entry, requires, where);
    const plan = planJob(planning, name, entry, where, names, around);
    if (plan !== undefined) plans.push({ ...plan, requires });
  }
  return plans;
}

function union(one: ReadonlySet<string>, other: ReadonlySet<string>): ReadonlySet<string> {
  return other.size === 0 ? one : new Set([...one, ...other]);
}

function checkReached(planning: Planning, entry: JobEntry, requires: readonly string[], place: Place): void {
  if (entry.when !== 'failure' || requires.length > 0) return;
  report(planning, at(place, 'when'), 'this Job is never reached: it runs after a failure, but requires no Job', {
    remedy: 'Name by requires the Jobs whose failure it handles.',
  });
}

function planJob(
  planning: Planning,
  name: string,
  entry: JobEntry,
  place: Place,
  names: Names,
  around: Surroundings,
): JobPlan | undefined {
  if (entry.skip_if !== undefined) planExpression(planning, entry.skip_if, at(place, 'skip_if'), names);
  const { for_each: each } = entry;
  const forEach =
    each === undefined
      ? undefined
      : planValue(planning, each, at(place, 'for_each'), {
          names: { ...names, each: false },
          credentials: 'a Credential is no list',
        });
  if (forEach !== undefined && 'literal' in forEach && !Array.isArray(forEach.literal)) {
    report(planning, at(place, 'for_each'), 'for_each takes a list, or ${{ expression }} that gives one');
  }
  const body = planBody(entry, place, { planning, names, around, group: (...group) => planJobs(planning, ...group) });
  if (body === undefined) return undefined;
  const { retry, timeoutMs, holds: inner = [], ...rest } = body;
  const own = planHold(planning, entry, place, { names, inside: false });
  const holds = own === undefined ? inner : [own, ...inner];
  const finalRetry = entry.retry === undefined ? retry : planRetry(entry.retry);
  const finalTimeout = timeoutOf(entry.timeout).timeoutMs ?? timeoutMs;
  return {
    name,
    requires: [],
    when: entry.when ?? 'success',
    ...(entry.skip_if === undefined ? {} : { skipIf: entry.skip_if }),
    ...(forEach === undefined ? {} : { forEach }),
    ...(finalRetry === undefined ? {} : { retry: finalRetry }),
    ...(finalTimeout === undefined ? {} : { timeoutMs: finalTimeout }),
    ...(holds.length === 0 ? {} : { holds }),
    ...rest,
  };
}
