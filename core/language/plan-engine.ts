import type { Names } from '../expressions/index.ts';
import type { JsonObject } from '../json.ts';
import { nearestHint } from '../nearest.ts';
import type { ActionPlan, EnginePlan, Value } from '../plan.ts';
import { checkInput } from './check-input.ts';
import type { EngineDefinition } from './library.ts';
import { at, noNames, type Place, type Planning, report, type Surroundings } from './planning.ts';
import { commonEngineFields, type InlineEngine } from './schema-engine.ts';
import { planValue, planWrittenNames, reportCode } from './values.ts';

const byDefault = 'local';

/** The Engine of an Action, and the name of what belongs to it among the `hooks` of the Job. */
export type OnEngine = Pick<ActionPlan, 'engine' | 'hook'>;

/** The Engine that a field names or holds, with the labels that its Worker must have. */
export function planEngine(
  planning: Planning,
  given: Surroundings['engine'],
  runsOn: Readonly<Record<string, string>>,
  names: Names,
): EnginePlan {
  if (given === undefined) return plain(byDefault, runsOn);
  const { field, place } = given;
  if (typeof field !== 'string') return inline(planning, field.type, field, place, runsOn, names);
  const definition = planning.library.engine(field);
  if (definition !== undefined) return { ...planEngineDefinition(planning, definition, runsOn), name: field };
  // The type's name alone is an Engine in line that says nothing more.
  if (planning.catalogue.engines.has(field)) return inline(planning, field, { type: field }, place, runsOn, names);
  if (planning.library.isFaulty(field)) return plain(byDefault, runsOn);
  const known = [...planning.library.engineNames(), ...planning.catalogue.engines.keys()];
  report(planning, place, `there is no Engine ${JSON.stringify(field)}${nearestHint(field, known)}`);
  return plain(byDefault, runsOn);
}

function plain(type: string, requires: Readonly<Record<string, string>>): EnginePlan {
  return { name: type, type, settings: {}, requires: { ...requires } };
}

/** An Engine of the library has no params, so nothing but Credentials to refer to. */
export function planEngineDefinition(
  planning: Planning,
  { spec, name, locate }: EngineDefinition,
  runsOn: Readonly<Record<string, string>> = {},
): EnginePlan {
  return { ...planFields(planning, spec.type, spec, { locate, path: [] }, runsOn, noNames), name };
}

/** One that stands where it is used, by whoever writes Pipelines. */
function inline(...given: Parameters<typeof planFields>): EnginePlan {
  const [planning, type, engine, place] = given;
  for (const name of planning.catalogue.engines.get(type)?.ownerOnly ?? []) {
    if (!Object.hasOwn(engine, name)) continue;
    report(planning, at(place, name), `${name} is for the owner of an Engine, so it may not stand here`, {
      remedy: 'Write it in a document of kind: Engine, and name that here.',
    });
  }
  return planFields(...given);
}

function planFields(
  planning: Planning,
  type: string,
  engine: InlineEngine,
  place: Place,
  runsOn: Readonly<Record<string, string>>,
  names: Names,
): EnginePlan {
  const requires = { ...engine.runs_on, ...runsOn };
  const manifest = planning.catalogue.engines.get(type);
  if (manifest === undefined) {
    const types = [...planning.catalogue.engines.keys()];
    const message = `there is no type of Engine ${JSON.stringify(type)} yet; there is ${types.join(', ')}`;
    report(planning, at(place, 'type'), message);
    return plain(byDefault, requires);
  }
  const fields = Object.entries(engine as JsonObject).filter(([name]) => !commonEngineFields.includes(name));
  const values: Record<string, Value> = {};
  for (const [name, json] of fields) {
    const where = at(place, name);
    const isCode = manifest.code?.includes(name) === true && JSON.stringify(json).includes('${{');
    if (isCode) reportCode(planning, where, false);
    const plan = manifest.writtenNames?.includes(name) === true ? planWrittenNames : planValue;
    values[name] = isCode ? { expr: 'null' } : plan(planning, json, where, { names, credentials: true });
  }
  const settings = checkInput(planning, manifest.settings, values, {
    all: place,
    of: (field) => at(place, field),
  });
  return { name: type, type, settings, requires };
}
