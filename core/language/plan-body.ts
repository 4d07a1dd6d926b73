import type { Names } from '../expressions/index.ts';
import type { HoldPlan, JobBody, JobPlan, Param, Retry as RetryPlan } from '../plan.ts';
import { planRetry, timeoutOf } from './plan-action.ts';
import { planArgs, planParams, typesOf } from './plan-args.ts';
import { type Callee, called, inCall } from './plan-calls.ts';
import { planHold } from './plan-holds.ts';
import { planOnEngines } from './plan-hooks.ts';
import { planJobActions } from './plan-job-actions.ts';
import { alone, at, noNames, nothing, type Place, type Planning, report, type Surroundings } from './planning.ts';
import type { JobEntry, JobSpec } from './schema-job.ts';

/** Plans the Jobs of a group; handed in, because groups are in groups. */
export type PlanGroup = (
  entries: readonly JobEntry[],
  place: Place,
  sequence: boolean,
  around: Surroundings,
) => JobPlan[];

export interface Body extends Pick<JobPlan, 'calls' | 'params' | 'args' | 'body'> {
  /** Those of what is called, where the call has none. */
  retry?: RetryPlan;
  timeoutMs?: number;
  /** Those of what is called, beside those of the call. */
  holds?: HoldPlan[];
}

export interface BodyParts {
  planning: Planning;
  names: Names;
  around: Surroundings;
  group: PlanGroup;
}

const forms = ['actions', 'jobs', 'job', 'pipeline'] as const;
type Form = (typeof forms)[number];

/** What a Job in a Pipeline does: Actions, Jobs of its own, or a call. */
export function planBody(entry: JobEntry, place: Place, parts: BodyParts): Body | undefined {
  const form = formOf(parts.planning, entry, place);
  if (form === undefined) return undefined;
  const inside = { ...parts, around: withOwn(parts.around, entry, place) };
  if (form === 'job' || form === 'pipeline') {
    const callee = called(parts.planning, form, entry[form] as string, at(place, form));
    if (callee === undefined) return undefined;
    const args = passed(entry, place, callee, parts);
    const body = planCallee(callee, at(place, form), inside);
    return body === undefined ? undefined : { ...body, args };
  }
  const { planning } = parts;
  const params = planParams(planning, entry.params, at(place, 'params'));
  const args = passed(entry, place, { kind: 'Job', name: entry.name ?? 'this', params }, parts);
  if (form === 'jobs') {
    if (params.length > 0) {
      report(planning, at(place, 'params'), 'Jobs in a group read pipeline.parameters, so the group has no params', {
        key: true,
      });
    }
    const around = { ...inside.around, outer: parts.names.jobs };
    const jobs = parts.group(entry.jobs ?? [], at(place, 'jobs'), entry.sequence ?? false, around);
    return { params: [], args: {}, body: { kind: 'jobs', jobs, scope: 'inherit' } };
  }
  const names = { ...parts.names, params: typesOf(params) };
  return { params, args, body: planOwnActions(entry, place, { ...inside, names }) };
}

function passed(
  entry: JobEntry,
  place: Place,
  callee: { kind: string; name: string; params: Param[] },
  parts: BodyParts,
) {
  return planArgs(parts.planning, callee, entry.args ?? {}, entry.args === undefined ? place : at(place, 'args'), {
    names: parts.names,
    credentials: 'a Credential is referred to where it is used, in the Action itself',
  });
}

/** What is called, as it is in the library. */
export function planCallee(callee: Callee, place: Place, parts: BodyParts): Omit<Body, 'args'> | undefined {
  const { definition, params, kind, name } = callee;
  return inCall(parts.planning, name, place, () => {
    const root: Place = { locate: definition.locate, path: [] };
    const { spec } = definition;
    // A Pipeline is the same wherever it is called from; a Job of the library runs where its caller does.
    const caller = kind === 'Pipeline' ? alone : parts.around;
    const around = { ...withOwn(caller, spec, root), parameters: undefined, outer: () => nothing };
    const names = { ...noNames, [isLeaf(definition) ? 'params' : 'parameters']: typesOf(params) };
    const hold = planHold(parts.planning, spec, root, { names, inside: true });
    const shared = {
      calls: { kind, name },
      params,
      ...timeoutOf(spec.timeout),
      ...('retry' in spec && spec.retry !== undefined ? { retry: planRetry(spec.retry) } : {}),
      ...(hold === undefined ? {} : { holds: [hold] }),
    };
    const body = planDefinitionBody(callee, root, { ...parts, around });
    return body === undefined ? undefined : { ...shared, body };
  });
}

/** Of Actions: such a Job reads its params as its own, all else as those of the group that it is. */
function isLeaf({ kind, spec }: Callee['definition']): boolean {
  return kind === 'Job' && (spec.actions !== undefined || (spec.type === 'container' && spec.jobs === undefined));
}

function planDefinitionBody({ definition, params }: Callee, root: Place, parts: BodyParts): JobBody | undefined {
  const { spec } = definition;
  const asGroup = { ...parts.around, parameters: typesOf(params) };
  const group = (jobs: readonly JobEntry[], place: Place): JobBody => ({
    kind: 'jobs',
    scope: 'new',
    jobs: parts.group(jobs, place, spec.sequence ?? false, asGroup),
  });
  if (definition.kind === 'Pipeline') return group(definition.spec.jobs, at(root, 'jobs'));
  const form = formOf(parts.planning, definition.spec, root);
  if (form === undefined) return undefined;
  if (form === 'jobs') return group(definition.spec.jobs ?? [], at(root, 'jobs'));
  if (form === 'job' || form === 'pipeline') {
    // A Job that is a call is a group of that one call, which reads the Job's params as a group does.
    const { job, pipeline, args } = definition.spec;
    return group([{ job, pipeline, args }], { locate: (path, key) => root.locate(path.slice(2), key), path: ['jobs'] });
  }
  const names = { ...noNames, params: typesOf(params) };
  return planOwnActions(definition.spec, root, { ...parts, names });
}

function planOwnActions(job: JobEntry | JobSpec, place: Place, { planning, names, around }: BodyParts): JobBody {
  return planOnEngines(planning, { names, runsOn: around.runsOn }, (engineOf) =>
    planJobActions(planning, job, place, { names, engine: around.engine, engineOf }),
  );
}

function withOwn(
  around: Surroundings,
  own: { engine?: JobEntry['engine']; runs_on?: JobEntry['runs_on'] },
  place: Place,
): Surroundings {
  return {
    ...around,
    engine: own.engine === undefined ? around.engine : { field: own.engine, place: at(place, 'engine') },
    runsOn: { ...around.runsOn, ...own.runs_on },
  };
}

/** Exactly one of actions, jobs, job and pipeline. */
function formOf(planning: Planning, job: JobEntry | JobSpec, place: Place): Form | undefined {
  const there: string[] = forms.filter((form) => job[form] !== undefined);
  const container = job.type === 'container';
  if (container && there.length === 0) return 'actions';
  if (there.length !== 1 || (container && there[0] !== 'actions')) {
    const has = there.length === 0 ? 'none' : [...(container ? ['type: container'] : []), ...there].join(' and ');
    report(planning, place, `a Job has one of actions, jobs, job and pipeline; this has ${has}`);
    return undefined;
  }
  for (const field of ['image', 'command'] as const) {
    if (!container && job[field] !== undefined) {
      report(planning, at(place, field), `${field} belongs to type: container`, { key: true });
    }
  }
  if (job.sequence !== undefined && there[0] !== 'jobs') {
    report(planning, at(place, 'sequence'), 'sequence belongs to jobs', { key: true });
  }
  return there[0] as Form;
}
