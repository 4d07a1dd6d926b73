import type { ActionManifest } from '../contracts/plugin.ts';
import type { JsonObject } from '../json.ts';
import { nearest } from '../nearest.ts';
import type { Runnable } from './library.ts';
import { at, isFull, type Place, type Planning, report } from './planning.ts';
import { actionFields } from './schema-action.ts';

export type LibraryAction = Extract<Runnable, { kind: 'Action' }>;

/** What an Action turns out to be, with the fields of its input and where each is written. */
export type ActionKind =
  | { kind: 'type'; manifest: ActionManifest; input: JsonObject; places: { all: Place; of(field: string): Place } }
  | { kind: 'library'; action: LibraryAction; args: JsonObject; place: Place };

const common: ReadonlySet<string> = new Set([...Object.keys(actionFields), 'kind', 'params']);

/** Tells the type of an Action by the field that only that type has, or by `type`. */
export function actionKind(planning: Planning, entry: JsonObject, place: Place): ActionKind | undefined {
  const { actions } = planning.catalogue;
  const own = Object.keys(entry).filter((name) => !common.has(name));
  const named = own.filter((name) => actions.has(name) || planning.library.kindOf(name) === 'Action');
  const declared = entry['type'];
  if (named.length > 1) {
    report(planning, at(place, named[1] as string), `an Action has one type, this has ${named.join(' and ')}`, {
      key: true,
    });
    return undefined;
  }
  const [name] = named;
  if (typeof declared === 'string' && declared !== name) {
    if (name !== undefined) {
      report(planning, at(place, 'type'), `type says ${declared}, the field ${name} says otherwise`);
      return undefined;
    }
    const manifest = actions.get(declared);
    if (manifest !== undefined) return ofManifest(manifest, withoutCommon(entry, own), place);
    reportUnknown(planning, declared, at(place, 'type'), false);
    return undefined;
  }
  if (name === undefined) {
    if (own.some((field) => planning.library.isFaulty(field))) return undefined;
    if (own[0] === undefined)
      report(planning, place, `an Action needs a type: one of ${typeNames(planning).join(', ')}`);
    else reportUnknown(planning, own[0], at(place, own[0]), true);
    return undefined;
  }
  const manifest = actions.get(name);
  const others = own.filter((field) => field !== name);
  if (manifest === undefined) return ofLibrary(planning, name, entry, others, place);
  return ofField(planning, manifest, entry, others, place);
}

function typeNames(planning: Planning): string[] {
  return [...planning.catalogue.actions.keys(), ...planning.library.runnableNames('Action')];
}

function reportUnknown(planning: Planning, name: string, place: Place, key: boolean): void {
  const types = typeNames(planning);
  const field = key ? nearest(name, common) : undefined;
  const near = nearest(name, types) ?? field;
  const hint = near === undefined ? `; types are ${types.join(', ')}` : `; did you mean ${JSON.stringify(near)}?`;
  report(planning, place, `there is no type of Action and no field ${JSON.stringify(name)}${hint}`, { key });
}

function withoutCommon(entry: JsonObject, own: readonly string[]): JsonObject {
  return Object.fromEntries(own.map((name) => [name, entry[name] ?? null]));
}

/** `type: run` with the fields of its input beside it. */
function ofManifest(manifest: ActionManifest, input: JsonObject, place: Place): ActionKind {
  return { kind: 'type', manifest, input, places: { all: place, of: (field) => at(place, field) } };
}

/** `run: text` or `run: { … }`, and what may stand beside it. */
function ofField(
  planning: Planning,
  manifest: ActionManifest,
  entry: JsonObject,
  others: readonly string[],
  place: Place,
): ActionKind | undefined {
  const { id, short, besides = [] } = manifest;
  const value = entry[id] ?? null;
  const inside = at(place, id);
  const isObject = value !== null && typeof value === 'object' && !Array.isArray(value);
  const credential = isObject && Object.hasOwn(value, 'from_credential');
  if ((!isObject || credential) && short === undefined) {
    const fields = Object.keys(manifest.input.shape).join(', ');
    report(planning, inside, `${id} takes an object with ${fields === '' ? 'names and values' : fields}`);
    return undefined;
  }
  const own = isObject && !credential ? value : { [short as string]: value };
  for (const name of others.filter((field) => !besides.includes(field))) {
    if (isFull(planning)) break;
    const near = nearest(name, [...common, ...besides]);
    const hint = near === undefined ? '' : `; did you mean ${JSON.stringify(near)}?`;
    report(planning, at(place, name), `there is no field ${JSON.stringify(name)} beside ${id}${hint}`, { key: true });
  }
  const beside = others.filter((field) => besides.includes(field));
  for (const name of beside.filter((field) => Object.hasOwn(own, field))) {
    report(planning, at(place, name), `${name} is there twice, here and in ${id}`, { key: true });
  }
  return {
    kind: 'type',
    manifest,
    input: { ...own, ...withoutCommon(entry, beside) },
    places: {
      all: inside,
      of: (field) => (beside.includes(field) ? at(place, field) : isObject ? at(inside, field) : inside),
    },
  };
}

/** `announce: { text: … }`, where announce is an Action of the library. */
function ofLibrary(
  planning: Planning,
  name: string,
  entry: JsonObject,
  others: readonly string[],
  place: Place,
): ActionKind | undefined {
  const action = planning.library.runnable(name) as LibraryAction | undefined;
  if (action === undefined) {
    report(planning, at(place, name), `the saved Action ${name} cannot be read any more`, {
      remedy: 'Apply it again.',
    });
    return undefined;
  }
  for (const field of others)
    report(planning, at(place, field), `there is no field ${JSON.stringify(field)} beside ${name}`, { key: true });
  const args = entry[name] ?? {};
  if (typeof args === 'object' && !Array.isArray(args))
    return { kind: 'library', action, args, place: at(place, name) };
  const params = (action.spec.params ?? []).map((param) => param.name).join(', ');
  report(planning, at(place, name), `${name} takes an object with its params${params === '' ? '' : `: ${params}`}`);
  return undefined;
}
