import type { CatalogueAction } from '../../../core/api/catalogue.ts';
import { isObject } from '../../../core/is-object.ts';
import type { Json, JsonObject } from '../../../core/json.ts';

/** What an Action of the document turns out to be. */
export interface ActionReading {
  /** The field that its type is told by; undefined where it has none yet. */
  type: string | undefined;
  /** What it takes, wherever that is written. */
  input: JsonObject;
}

/** Fields that every Action may have. */
export type CommonFields = ReadonlySet<string>;

/** Reads what `run: text`, `run: { … }` and `type: run` say alike. */
export function readAction(
  entry: JsonObject,
  known: (type: string) => CatalogueAction | undefined,
  common: CommonFields,
): ActionReading {
  const declared = entry['type'];
  if (typeof declared === 'string' && !Object.hasOwn(entry, declared)) {
    return { type: declared, input: fieldsOf(entry, (name) => !common.has(name)) };
  }
  const own = Object.keys(entry).filter((name) => !common.has(name));
  const type = own.find((name) => known(name) !== undefined) ?? (own.length === 1 ? own[0] : undefined);
  if (type === undefined) return { type, input: {} };
  const action = known(type);
  const value = entry[type] ?? null;
  const besides = fieldsOf(entry, (name) => action?.besides.includes(name) ?? false);
  if (isObject(value) && !Object.hasOwn(value, 'from_credential')) return { type, input: { ...value, ...besides } };
  return {
    type,
    input: action?.short === null || action === undefined ? besides : { [action.short]: value, ...besides },
  };
}

/** The entry with another input, written where and as it was; what is undefined goes. */
export function withInput(
  entry: JsonObject,
  action: CatalogueAction,
  input: Record<string, Json | undefined>,
): JsonObject {
  const { id, short, besides } = action;
  const given = Object.entries(input).filter((field): field is [string, Json] => field[1] !== undefined);
  if (entry['type'] === id && !Object.hasOwn(entry, id)) {
    const fields = new Set([...Object.keys(action.schema.properties ?? {}), ...Object.keys(input)]);
    return { ...fieldsOf(entry, (name) => !fields.has(name)), ...Object.fromEntries(given) };
  }
  const before = entry[id];
  const isInside = (name: string) => !besides.includes(name) || (isObject(before) && Object.hasOwn(before, name));
  const inside = Object.fromEntries(given.filter(([name]) => isInside(name)));
  const beside = Object.fromEntries(given.filter(([name]) => !isInside(name)));
  const names = Object.keys(inside);
  const isShort =
    short !== null &&
    !isObject(before) &&
    (names.length === 0 || (names.length === 1 && names[0] === short)) &&
    !isObject(inside[short]);
  const value: Json = isShort ? (inside[short] ?? '') : inside;
  const result: JsonObject = {};
  for (const [name, each] of Object.entries(entry)) {
    if (name === id) result[id] = value;
    else if (!besides.includes(name)) result[name] = each;
    else if (beside[name] !== undefined) result[name] = beside[name];
  }
  return { [id]: value, ...result, ...beside };
}

/** A new Action of this type, with what must be there left to be given. */
export function newAction(action: CatalogueAction, name: string | undefined): JsonObject {
  const value: Json = action.short === null || !isRequired(action, action.short) ? {} : '';
  return { ...(name === undefined ? {} : { name }), [action.id]: value };
}

/** The entry with another type: what belongs to no type stays. */
export function withType(entry: JsonObject, action: CatalogueAction, common: CommonFields): JsonObject {
  const kept = fieldsOf(entry, (name) => common.has(name) && name !== 'type');
  return { ...kept, ...newAction(action, undefined) };
}

export function isRequired(action: CatalogueAction, field: string): boolean {
  return action.schema.required?.includes(field) ?? false;
}

/** One line that tells what it does, as the start of its command. */
export function summaryOf(reading: ActionReading, action: CatalogueAction | undefined): string {
  const first = action?.short ?? Object.keys(reading.input)[0];
  const value = first === undefined ? undefined : reading.input[first];
  if (value === undefined || value === '') return '';
  return typeof value === 'string' ? (value.trim().split('\n')[0] ?? '') : JSON.stringify(value);
}

function fieldsOf(entry: JsonObject, wanted: (name: string) => boolean): JsonObject {
  return Object.fromEntries(Object.entries(entry).filter(([name]) => wanted(name)));
}
