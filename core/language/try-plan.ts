import { PalvellaError } from '../errors.ts';
import { isObject } from '../is-object.ts';
import type { Json } from '../json.ts';
import { nearestHint } from '../nearest.ts';
import type { ActionPlan, JobPlan, Plan, Value } from '../plan.ts';
import { sentence } from './document.ts';

type SampleStatus = 'succeeded' | 'failed' | 'skipped';

/** What the Jobs before the one that is tried shall have come to, by their paths; nothing said: they went well, without outputs. */
export interface Samples {
  /** A list of them for a Job with `for_each`. */
  outputs: ReadonlyMap<string, Json>;
  statuses: ReadonlyMap<string, SampleStatus>;
}

/**
 * The plan of one Job alone, by its path: what is before it becomes a Job that only sets the sample outputs, so the
 * interpreter needs to know nothing of tries. A Job in a group keeps the groups around it. Without a path all of it runs.
 */
export function tryPlan(plan: Plan, path: string | undefined, samples: Samples): Plan {
  const before: string[] = [];
  const steps = path?.split('/');
  const jobs = steps === undefined ? plan.jobs : cut(plan.jobs, steps, '');
  for (const given of new Set([...samples.outputs.keys(), ...samples.statuses.keys()])) {
    if (before.includes(given)) continue;
    throw refused(`${JSON.stringify(given)} is no Job before ${path ?? 'all that runs'}${nearestHint(given, before)}`);
  }
  return { ...plan, jobs };

  function cut(group: readonly JobPlan[], [name = '', ...rest]: readonly string[], prefix: string): JobPlan[] {
    const byName = new Map(group.map((job) => [job.name, job]));
    const target = byName.get(name);
    if (target === undefined || (rest.length > 0 && target.body.kind !== 'jobs')) {
      const wanted = path ?? '';
      const names = group.map((job) => prefix + job.name);
      throw new PalvellaError(
        'not_found',
        sentence(`There is no Job ${JSON.stringify(wanted)}${nearestHint(wanted, names)}`),
      );
    }
    const stubs = upstream(target, byName).map((job) => {
      before.push(prefix + job.name);
      return sample(job, prefix + job.name, samples);
    });
    if (rest.length === 0 || target.body.kind !== 'jobs') return [...stubs, target];
    const inner = cut(target.body.jobs, rest, `${prefix}${name}/`);
    return [...stubs, { ...target, body: { ...target.body, jobs: inner } }];
  }
}

function upstream(target: JobPlan, group: ReadonlyMap<string, JobPlan>): JobPlan[] {
  const found = new Set<JobPlan>();
  const open = [...target.requires];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const job = group.get(name);
    if (job === undefined || found.has(job)) continue;
    found.add(job);
    open.push(...job.requires);
  }
  return [...group.values()].filter((job) => found.has(job));
}

function sample({ name, forEach }: JobPlan, path: string, { outputs, statuses }: Samples): JobPlan {
  const status = statuses.get(path) ?? 'succeeded';
  const job: JobPlan = {
    name,
    requires: [],
    when: 'success',
    ...(status === 'skipped' ? { skipIf: 'true' } : {}),
    params: [],
    args: {},
    body: { kind: 'actions', actions: [] },
  };
  if (forEach === undefined) {
    const output = outputs.get(path) ?? {};
    if (!isObject(output)) throw refused(`The output of ${path} must be an object`);
    const values = Object.entries(output).map(([key, value]): [string, Value] => [key, { literal: value }]);
    return { ...job, body: sets(values, status) };
  }
  const items = outputs.get(path) ?? [];
  if (!Array.isArray(items) || !items.every(isObject)) {
    throw refused(`The output of ${path} must be a list of objects, as it has for_each`);
  }
  const keys = [...new Set(items.flatMap((item) => Object.keys(item)))];
  const nothing = Object.fromEntries(keys.map((key) => [key, null]));
  const values = keys.map((key): [string, Value] => [key, { expr: `job.self.item[${JSON.stringify(key)}]` }]);
  return {
    ...job,
    forEach: { literal: items.map((item) => ({ ...nothing, ...item })) },
    body: sets(values, status),
  };
}

function sets(values: readonly [string, Value][], status: SampleStatus): JobPlan['body'] {
  const action: ActionPlan = {
    name: 'sample',
    type: 'set',
    place: 'workflow',
    engine: { name: 'local', type: 'local', settings: {}, requires: {} },
    requires: [],
    onSuccess: status === 'failed' ? 'end failure' : 'end success',
    onFailure: 'end failure',
    idempotent: false,
    input: Object.fromEntries(values),
    needsText: false,
  };
  return { kind: 'actions', actions: [action] };
}

function refused(message: string): PalvellaError {
  return new PalvellaError('invalid_request', sentence(message));
}
