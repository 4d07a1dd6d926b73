import { isObject } from '../is-object.ts';
import type { Json, JsonObject } from '../json.ts';
import type { RunnableKind } from '../runnable.ts';
import type { Path } from './document.ts';
import { actionFields } from './schema-action.ts';

/** A definition of the library that another one names. */
export interface Reference {
  kind: RunnableKind | 'Engine';
  name: string;
}

/** What names mean where the document is saved: Pipelines, Jobs and Actions share one namespace, Engines have their own. */
export interface Meaning {
  kindOf(name: string): RunnableKind | undefined;
  isEngine(name: string): boolean;
}

const common: ReadonlySet<string> = new Set([...Object.keys(actionFields), 'kind', 'params']);

/** Where a document names a definition of the library. */
export interface ReferencePlace extends Reference {
  path: Path;
  /** The name of the field is it, as of an Action of the library. */
  isKey: boolean;
  /** What has it there is called so too, as it has no name of its own. */
  givesName: boolean;
}

/** What a document that was checked names of the library itself, each once, in the order of the document. */
export function referencesOf(kind: string, spec: JsonObject, meaning: Meaning): Reference[] {
  const found = new Map(placesOf(kind, spec, meaning).map((one) => [`${one.kind}/${one.name}`, one]));
  return [...found.values()].map((one) => ({ kind: one.kind, name: one.name }));
}

/** Every place where a document that was checked names something of the library. */
export function placesOf(kind: string, spec: JsonObject, meaning: Meaning): ReferencePlace[] {
  const found: ReferencePlace[] = [];

  function runnable(entry: JsonObject, field: string, path: Path, givesName = false): void {
    const name = entry[field];
    const of = typeof name === 'string' ? meaning.kindOf(name) : undefined;
    if (of === undefined) return;
    found.push({ kind: of, name: name as string, path: [...path, field], isKey: false, givesName });
  }
  function job(entry: JsonObject, path: Path): void {
    engine(entry['engine'], [...path, 'engine']);
    const isNameless = entry['name'] === undefined;
    runnable(entry, 'job', path, isNameless);
    runnable(entry, 'pipeline', path, isNameless && entry['job'] === undefined);
    for (const [action, at] of objects(entry, 'actions', path)) visitAction(action, at);
    for (const [inner, at] of objects(entry, 'jobs', path)) job(inner, at);
  }
  function visitAction(entry: JsonObject, path: Path): void {
    engine(entry['engine'], [...path, 'engine']);
    const givesName = entry['name'] === undefined;
    for (const name of Object.keys(entry)) {
      if (common.has(name) || meaning.kindOf(name) !== 'Action') continue;
      found.push({ kind: 'Action', name, path: [...path, name], isKey: true, givesName });
    }
    const { type } = entry;
    if (typeof type === 'string' && meaning.kindOf(type) === 'Action') runnable(entry, 'type', path, givesName);
  }
  function engine(field: Json | undefined, path: Path): void {
    if (typeof field === 'string') {
      if (meaning.isEngine(field)) found.push({ kind: 'Engine', name: field, path, isKey: false, givesName: false });
    } else if (isObject(field)) {
      for (const name of ['setup', 'teardown']) {
        const hook = field[name];
        if (isObject(hook)) runnable(hook, 'job', [...path, name]);
      }
    }
  }

  if (kind === 'Pipeline' || kind === 'Job') job(spec, []);
  else if (kind === 'Action') visitAction(spec, []);
  else if (kind === 'Engine') engine(spec, []);
  else if (kind === 'Trigger') {
    for (const [run, at] of objects(spec, 'runs', [])) runnable(run, 'pipeline', at);
    if (isObject(spec['after'])) runnable(spec['after'], 'pipeline', ['after']);
  }
  return found;
}

function objects(of: JsonObject, field: string, path: Path): [JsonObject, Path][] {
  const list = of[field];
  if (!Array.isArray(list)) return [];
  return list.flatMap((item, at): [JsonObject, Path][] => (isObject(item) ? [[item, [...path, field, at]]] : []));
}
