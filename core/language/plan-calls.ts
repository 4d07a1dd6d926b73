import { nearestHint } from '../nearest.ts';
import type { Param } from '../plan.ts';
import type { Runnable } from './library.ts';
import { planParams } from './plan-args.ts';
import { type Place, type Planning, planLimits, report } from './planning.ts';

/** A Job or Pipeline of the library that is called, or run by itself. */
export interface Callee {
  kind: 'Job' | 'Pipeline';
  name: string;
  definition: Exclude<Runnable, { kind: 'Action' }>;
  params: Param[];
}

/** Finds what `job:` or `pipeline:` names. */
export function called(planning: Planning, form: 'job' | 'pipeline', name: string, place: Place): Callee | undefined {
  const { library } = planning;
  const wanted = form === 'job' ? 'Job' : 'Pipeline';
  const definition = library.runnable(name);
  if (definition?.kind === wanted) return calleeOf(planning, definition);
  if (definition === undefined) {
    if (library.isFaulty(name)) return undefined;
    const names = library.runnableNames(wanted).filter((one) => one !== name);
    const hint = nearestHint(name, names);
    report(planning, place, `there is no ${wanted} ${JSON.stringify(name)} in the library${hint}`);
  } else if (definition.kind === 'Action') {
    report(planning, place, `${name} is an Action`, { remedy: `Use it in actions, as ${name}: { … }.` });
  } else {
    report(planning, place, `${name} is a ${definition.kind}`, {
      remedy: `Write ${definition.kind.toLowerCase()}: ${name}.`,
    });
  }
  return undefined;
}

export function calleeOf(planning: Planning, definition: Callee['definition']): Callee {
  const [specs, field] =
    definition.kind === 'Job' ? [definition.spec.params, 'params'] : [definition.spec.parameters, 'parameters'];
  const params = planParams(planning, specs, { locate: definition.locate, path: [field] });
  return { kind: definition.kind, name: definition.name, definition, params };
}

/** Plans what is called, unless it calls itself or the calls are too deep. */
export function inCall<Result>(planning: Planning, name: string, place: Place, plan: () => Result): Result | undefined {
  const { calls } = planning;
  if (calls.includes(name)) {
    const ring = [...calls.slice(calls.indexOf(name)), name].join(' → ');
    report(planning, place, `this calls itself: ${ring}`, { remedy: 'Take one of the calls away.' });
    return undefined;
  }
  if (calls.length >= planLimits.calls) {
    report(planning, place, `calls are nested more than ${planLimits.calls} deep`);
    return undefined;
  }
  calls.push(name);
  try {
    return plan();
  } finally {
    calls.pop();
  }
}
