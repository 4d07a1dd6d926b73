import { checkExpression } from '../expressions/index.ts';
import type { Json } from '../json.ts';
import { nearestHint } from '../nearest.ts';
import type { Param, Value } from '../plan.ts';
import { catalogueOf } from './catalogue.ts';
import { forgeEvents, forges } from './forge-events.ts';
import { type Library, libraryOf, type Runnable, type TriggerDefinition } from './library.ts';
import { planArgs } from './plan-args.ts';
import { at, newPlanning, noNames, type Place, type Planning, report } from './planning.ts';
import type { TriggerSpec } from './schema-trigger.ts';
import { planValue, type ValueRules } from './values.ts';

const rules: ValueRules = {
  names: noNames,
  credentials: 'a Trigger passes values on; name the Credential in the Job that uses it',
};

/** What is wrong with a Trigger: its events, what it starts and with what, and rings of Pipelines that start one another. */
export function checkTrigger(planning: Planning, { spec, locate }: TriggerDefinition): void {
  const place: Place = { locate, path: [] };
  for (const forge of forges) {
    for (const [index, event] of (spec[forge]?.events ?? []).entries()) {
      const known: readonly string[] = forgeEvents[forge];
      if (known.includes(event)) continue;
      const where = at(place, forge, 'events', index);
      report(planning, where, `${forge} has no event ${JSON.stringify(event)}${nearestHint(event, known)}`);
    }
  }
  if (spec.if !== undefined) {
    for (const fault of checkExpression(spec.if, noNames)) report(planning, at(place, 'if'), fault);
  }
  if (spec.after !== undefined) runnableAt(planning, spec.after.pipeline, at(place, 'after', 'pipeline'));
  for (const [index, { pipeline, args }] of (spec.runs ?? []).entries()) {
    const where = at(place, 'runs', index);
    const runnable = runnableAt(planning, pipeline, at(where, 'pipeline'));
    if (runnable === undefined) continue;
    const callee = { kind: runnable.kind, name: pipeline, params: paramsOf(runnable) };
    planArgs(planning, callee, args ?? {}, at(where, ...(args === undefined ? [] : ['args'])), rules);
  }
  checkRing(planning, spec, place);
}

/** The args of a saved Trigger, which were checked, as values that may be computed. */
export function triggerArgs(args: Readonly<Record<string, Json>>): Record<string, Value> {
  const planning = newPlanning(libraryOf([], []).library, catalogueOf([], []));
  const nowhere: Place = { locate: () => ({ file: '', line: 1, column: 1 }), path: [] };
  return Object.fromEntries(
    Object.entries(args).map(([name, json]) => [name, planValue(planning, json, nowhere, rules)]),
  );
}

function runnableAt(planning: Planning, name: string, place: Place): Runnable | undefined {
  const { library } = planning;
  const found = library.runnable(name);
  if (found !== undefined || library.isFaulty(name)) return found;
  const hint = nearestHint(name, library.runnableNames());
  report(planning, place, `there is no Pipeline ${JSON.stringify(name)}${hint}`);
  return undefined;
}

function paramsOf({ kind, spec }: Runnable): Param[] {
  return ((kind === 'Pipeline' ? spec.parameters : spec.params) ?? []) as Param[];
}

/** Pipelines that started one another by their ends would never come to rest. */
function checkRing(planning: Planning, { after, runs }: TriggerSpec, place: Place): void {
  if (after === undefined || runs === undefined) return;
  const path = pathBack(after.pipeline, startedAfter(planning.library));
  if (path === undefined) return;
  report(planning, at(place, 'after'), `these Pipelines would start one another for ever: ${path.join(' → ')}`, {
    remedy: 'Take one of them out of what a Trigger starts.',
  });
}

function startedAfter(library: Library): Map<string, string[]> {
  const next = new Map<string, string[]>();
  for (const name of library.triggerNames()) {
    const { after, runs = [] } = library.trigger(name)?.spec ?? {};
    if (after === undefined) continue;
    next.set(after.pipeline, [...(next.get(after.pipeline) ?? []), ...runs.map(({ pipeline }) => pipeline)]);
  }
  return next;
}

/** The shortest way from a name to itself, both ends included. */
function pathBack(start: string, next: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const seen = new Set<string>();
  let paths = [[start]];
  while (paths.length > 0) {
    const longer: string[][] = [];
    for (const path of paths) {
      for (const name of next.get(path.at(-1) ?? start) ?? []) {
        if (name === start) return [...path, name];
        if (seen.has(name)) continue;
        seen.add(name);
        longer.push([...path, name]);
      }
    }
    paths = longer;
  }
  return undefined;
}
