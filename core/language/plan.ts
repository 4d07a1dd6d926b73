import { type Problem, problemWith } from '../errors.ts';
import { nearestHint } from '../nearest.ts';
import type { JobPlan, Param, Plan, Value } from '../plan.ts';
import type { LibraryAction } from './action-type.ts';
import type { Catalogue } from './catalogue.ts';
import type { Library } from './library.ts';
import { planActions } from './plan-actions.ts';
import { planParams, typesOf } from './plan-args.ts';
import { type PlanGroup, planCallee } from './plan-body.ts';
import { calleeOf } from './plan-calls.ts';
import { planOnEngines } from './plan-hooks.ts';
import { planJobs } from './plan-jobs.ts';
import { planNotify, tellsOfWaiting } from './plan-notify.ts';
import { alone, at, newPlanning, noNames, type Place, type Planning } from './planning.ts';

/**
 * Resolves everything that a Pipeline names, into what a run executes. A Job or Action is planned as a Pipeline of
 * that one Job. Everything that is wrong is in `problems`.
 */
export function planPipeline(
  name: string,
  library: Library,
  catalogue: Catalogue,
): { plan: Plan } | { problems: Problem[] } {
  const planning = newPlanning(library, catalogue);
  const definition = library.runnable(name);
  if (definition === undefined) {
    const message = `there is no Pipeline ${JSON.stringify(name)}${nearestHint(
      name,
      library.runnableNames().filter((one) => one !== name),
    )}`;
    return { problems: [problemWith('', message)] };
  }
  if (definition.kind === 'Pipeline' && !tellsOfWaiting(definition.spec.notify)) planning.quietPipeline = name;
  const plan = definition.kind === 'Action' ? planAction(planning, definition) : planCalled(planning, definition);
  return planning.problems.length > 0 || plan === undefined ? { problems: planning.problems } : { plan };
}

function planCalled(planning: Planning, definition: Parameters<typeof calleeOf>[1]): Plan | undefined {
  const group: PlanGroup = (...jobs) => planJobs(planning, ...jobs);
  const callee = calleeOf(planning, definition);
  const place: Place = { locate: definition.locate, path: [] };
  const body = planCallee(callee, place, { planning, names: noNames, around: alone, group });
  if (body === undefined) return undefined;
  const { name, params } = callee;
  const timeout = body.timeoutMs === undefined ? {} : { timeoutMs: body.timeoutMs };
  if (definition.kind === 'Pipeline' && body.body.kind === 'jobs') {
    const { priority } = definition.spec;
    const first = priority === undefined ? {} : { priority };
    const notify = planNotify(planning, definition.spec.notify, at(place, 'notify'), params);
    const holds = body.holds === undefined ? {} : { holds: body.holds };
    const more = { ...timeout, ...first, ...holds, ...notify };
    return { format: 1, pipeline: name, parameters: params, ...more, jobs: body.body.jobs };
  }
  return onlyJob(name, params, { ...body, name, requires: [], when: 'success' });
}

function planAction(planning: Planning, action: LibraryAction): Plan {
  const place: Place = { locate: action.locate, path: [] };
  const params = planParams(planning, action.spec.params, at(place, 'params'));
  const names = { ...noNames, params: typesOf(params) };
  const { kind: _, params: __, ...entry } = action.spec;
  const body = planOnEngines(planning, { names, runsOn: {} }, (engineOf) =>
    planActions(planning, [entry], () => place, {
      names,
      engine: (own, where) => engineOf(own === undefined ? undefined : { field: own, place: where }),
    }),
  );
  return onlyJob(action.name, params, {
    name: action.name,
    requires: [],
    when: 'success',
    params,
    body,
  });
}

/** A Job's params are the parameters of the Pipeline that it is the only Job of. */
function onlyJob(name: string, params: Param[], job: Omit<JobPlan, 'args'>): Plan {
  const args = params.map((param): [string, Value] => [
    param.name,
    { expr: `pipeline.parameters[${JSON.stringify(param.name)}]` },
  ]);
  return { format: 1, pipeline: name, parameters: params, jobs: [{ ...job, args: Object.fromEntries(args) }] };
}
