import type { Names } from '../expressions/index.ts';
import type { HookKind } from '../hooks.ts';
import type { HookPlan } from '../plan.ts';
import { hookedEngine } from './hooked-engine.ts';
import { timeoutOf } from './plan-action.ts';
import { planArgs, typesOf } from './plan-args.ts';
import { called } from './plan-calls.ts';
import { type OnEngine, planEngine } from './plan-engine.ts';
import { planJobActions } from './plan-job-actions.ts';
import { at, noNames, type Place, type Planning, report, type Surroundings } from './planning.ts';
import type { Hook } from './schema-engine.ts';
import type { JobSpec } from './schema-job.ts';

/** A teardown cannot be stopped, so it has an end of its own. */
const teardownMs = 10 * 60_000;

export interface HookAround {
  /** What the args of the hook may name. */
  names: Names;
  runsOn: Readonly<Record<string, string>>;
  /** The Engine that the hook is attached to, and its name where it is in the library. */
  host: OnEngine;
  hostName: string | undefined;
}

/** The Job that an Engine names as its setup or teardown. `place` is the Engine's. */
export function planHook(
  planning: Planning,
  kind: HookKind,
  hook: Hook,
  place: Place,
  around: HookAround,
): HookPlan | undefined {
  const where = at(place, kind, 'job');
  const callee = called(planning, 'job', hook.job, where);
  if (callee?.definition.kind !== 'Job') return undefined;
  const { params, definition } = callee;
  const { spec } = definition;
  if (!isFit(planning, kind, spec, where)) return undefined;
  const args = planArgs(planning, callee, hook.args ?? {}, at(place, kind, ...(hook.args ? ['args'] : [])), {
    names: around.names,
    credentials: 'a Credential is referred to where it is used, in the Action itself',
  });
  const root: Place = { locate: definition.locate, path: [] };
  const names = { ...noNames, params: typesOf(params) };
  const actions = planJobActions(planning, spec, root, {
    names,
    engine: spec.engine === undefined ? undefined : { field: spec.engine, place: at(root, 'engine') },
    engineOf: (given) => engineIn(planning, kind, hook.job, given, { ...around, names, where }),
  });
  for (const { type, name } of actions) {
    if (type !== 'approval' && type !== 'wait') continue;
    report(planning, where, `the Action ${name} of the Job ${hook.job} is of the type ${type}, which no ${kind} has`, {
      remedy: 'Put it in the Jobs that use the Engine, before what it is to hold.',
    });
  }
  const bound = kind === 'teardown' ? { timeoutMs: teardownMs } : {};
  return { job: hook.job, params, args, ...bound, ...timeoutOf(spec.timeout), actions };
}

/** It is no Job of its own in the run, so what only such a Job has cannot be. */
function isFit(planning: Planning, kind: HookKind, spec: JobSpec, where: Place): boolean {
  const { name } = spec;
  if (spec.actions === undefined && spec.type !== 'container') {
    report(planning, where, `the Job ${name} has no Actions of its own, and a ${kind} is made of Actions`, {
      remedy: 'Name a Job that has actions.',
    });
    return false;
  }
  for (const [field, remedy] of [
    ['retry', 'Put retry on its Actions.'],
    ['runs_on', 'Put runs_on on the Engine.'],
    ['locks', 'Put locks on the Jobs that use the Engine.'],
    ['concurrency', 'Put concurrency on the Jobs that use the Engine.'],
  ] as const) {
    if (spec[field] === undefined) continue;
    report(planning, where, `the Job ${name} has ${field}, but a ${kind} runs in the Job that uses the Engine`, {
      remedy,
    });
  }
  return true;
}

/** What names no Engine, or that one, is on the Engine that the hook is attached to. */
function engineIn(
  planning: Planning,
  kind: HookKind,
  job: string,
  given: Surroundings['engine'],
  { names, runsOn, host, hostName, where }: HookAround & { where: Place },
): OnEngine {
  if (given === undefined || given.field === hostName) return host;
  const engine = planEngine(planning, given, runsOn, names);
  if (hookedEngine(planning, given) !== undefined) {
    const message = `the Job ${job} runs on the Engine ${engine.name}, which has a setup or teardown of its own`;
    report(planning, where, message, { remedy: `Nothing sets up an Engine for a ${kind}: name one without them.` });
  }
  return { engine };
}
