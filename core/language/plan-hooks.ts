import type { Names } from '../expressions/index.ts';
import { type HookKind, hookKinds } from '../hooks.ts';
import type { ActionPlan, EngineHooks, HookPlan, JobBody } from '../plan.ts';
import { type HookedEngine, hookedEngine } from './hooked-engine.ts';
import type { EngineDefinition } from './library.ts';
import { type OnEngine, planEngine, planEngineDefinition } from './plan-engine.ts';
import { planHook } from './plan-hook.ts';
import type { EngineOf } from './plan-job-actions.ts';
import { noNames, type Planning } from './planning.ts';

/** The longest that leaves room for the rest of an Action's name: a Worker may say names of 200. */
const longestName = 80;

interface Around {
  names: Names;
  runsOn: Readonly<Record<string, string>>;
}

/** Plans Actions on their Engines, and what sets these up and tears them down: once for each Engine that is written. */
export function planOnEngines(planning: Planning, around: Around, plan: (engineOf: EngineOf) => ActionPlan[]): JobBody {
  const planned = new Map<string, EngineHooks>();
  const actions = plan((given) => {
    const engine = planEngine(planning, given, around.runsOn, around.names);
    const hooked = hookedEngine(planning, given);
    if (hooked === undefined) return { engine };
    const found = planned.get(hooked.key);
    if (found !== undefined) return { engine, hook: found.name };
    const name = freeName(engine.name, [...planned.values()]);
    planned.set(hooked.key, { name, ...planBoth(planning, hooked, { engine, hook: name }, around) });
    return { engine, hook: name };
  });
  const used = new Set(actions.map(({ hook }) => hook));
  const hooks = [...planned.values()].filter(({ name }) => used.has(name));
  return { kind: 'actions', actions, ...(hooks.length === 0 ? {} : { hooks }) };
}

/** What is wrong with an Engine of the library, whoever uses it. */
export function checkEngineDefinition(planning: Planning, definition: EngineDefinition): void {
  const engine = planEngineDefinition(planning, definition);
  const hooked = hookedEngine(planning, { field: definition.name, place: { locate: definition.locate, path: [] } });
  if (hooked !== undefined)
    planBoth(planning, hooked, { engine, hook: definition.name }, { names: noNames, runsOn: {} });
}

function planBoth(
  planning: Planning,
  { spec, place, definition }: HookedEngine,
  host: OnEngine,
  { names, runsOn }: Around,
): Partial<Record<HookKind, HookPlan>> {
  const inside = { names: definition === undefined ? names : noNames, runsOn, host, hostName: definition?.name };
  const plans: Partial<Record<HookKind, HookPlan>> = {};
  for (const kind of hookKinds) {
    const hook = spec[kind];
    const plan = hook === undefined ? undefined : planHook(planning, kind, hook, place, inside);
    if (plan !== undefined) plans[kind] = plan;
  }
  return plans;
}

/** The Engine's own name where it can be, else numbered: two that are written in line have one name. */
function freeName(engine: string, others: readonly EngineHooks[]): string {
  const short = engine.slice(0, longestName);
  const isTaken = (name: string) => others.some((one) => one.name === name);
  let name = short;
  for (let number = 2; isTaken(name); number += 1) name = `${short}-${number}`;
  return name;
}
