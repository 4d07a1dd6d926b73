import { isObject } from '../is-object.ts';
import type { Json, JsonObject } from '../json.ts';
import { actionFields } from './schema-action.ts';

/** A definition of the library that another one names. */
export interface Reference {
  kind: 'Pipeline' | 'Job' | 'Action' | 'Engine';
  name: string;
}

/** What names mean where the document is saved: Pipelines, Jobs and Actions share one namespace, Engines have their own. */
export interface Meaning {
  kindOf(name: string): 'Pipeline' | 'Job' | 'Action' | undefined;
  isEngine(name: string): boolean;
}

const common: ReadonlySet<string> = new Set([...Object.keys(actionFields), 'kind', 'params']);

/** What a document that was checked names of the library itself, each once, in the order of the document. */
export function referencesOf(kind: string, spec: JsonObject, meaning: Meaning): Reference[] {
  const found = new Map<string, Reference>();

  function add(of: Reference['kind'], name: string): void {
    found.set(`${of}/${name}`, { kind: of, name });
  }
  function runnable(name: Json | undefined): void {
    const of = typeof name === 'string' ? meaning.kindOf(name) : undefined;
    if (of !== undefined) add(of, name as string);
  }
  function job(entry: JsonObject): void {
    engine(entry['engine']);
    runnable(entry['job']);
    runnable(entry['pipeline']);
    for (const action of objects(entry['actions'])) visitAction(action);
    for (const inner of objects(entry['jobs'])) job(inner);
  }
  function visitAction(entry: JsonObject): void {
    engine(entry['engine']);
    const fields = Object.keys(entry).filter((field) => !common.has(field));
    for (const name of [...fields, entry['type']]) {
      if (typeof name === 'string' && meaning.kindOf(name) === 'Action') add('Action', name);
    }
  }
  function engine(field: Json | undefined): void {
    if (typeof field === 'string') {
      if (meaning.isEngine(field)) add('Engine', field);
    } else if (isObject(field)) {
      for (const hook of [field['setup'], field['teardown']]) if (isObject(hook)) runnable(hook['job']);
    }
  }

  if (kind === 'Pipeline' || kind === 'Job') job(spec);
  else if (kind === 'Action') visitAction(spec);
  else if (kind === 'Engine') engine(spec);
  else if (kind === 'Trigger') {
    for (const run of objects(spec['runs'])) runnable(run['pipeline']);
    if (isObject(spec['after'])) runnable(spec['after']['pipeline']);
  }
  return [...found.values()];
}

function objects(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
