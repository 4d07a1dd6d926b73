import { isObject } from '../../../../core/is-object.ts';
import type { Json, JsonObject } from '../../../../core/json.ts';

export type Path = readonly (string | number)[];

/** One change of a document. What is missing on the way to a path is made. */
export type Edit =
  | { op: 'set'; path: Path; value: Json }
  | { op: 'remove'; path: Path }
  /** Into a list, before the item that is at this path. */
  | { op: 'insert'; path: Path; value: Json }
  /** An item of a list, to another place in it. */
  | { op: 'move'; path: Path; to: number }
  /** A field, which keeps its place and its value. */
  | { op: 'rename'; path: Path; to: string };

/** What a document says after an edit. Throws where the path leads through a value that has no fields. */
export function jsonAfter(json: Json, edit: Edit): Json {
  const [step, ...rest] = edit.path;
  if (step === undefined) {
    if (edit.op === 'set') return edit.value;
    throw new Error('the whole document can only be set');
  }
  if (rest.length > 0) {
    const inner = jsonAt(json, [step]) ?? (typeof rest[0] === 'number' ? [] : {});
    return withField(json, step, jsonAfter(inner, { ...edit, path: rest }));
  }
  switch (edit.op) {
    case 'set':
      return withField(json, step, edit.value);
    case 'remove':
      return Array.isArray(json)
        ? json.filter((_, index) => index !== step)
        : Object.fromEntries(Object.entries(objectOf(json)).filter(([name]) => name !== step));
    case 'insert':
      return listOf(json).toSpliced(step as number, 0, edit.value);
    case 'move': {
      const list = listOf(json);
      const item = list[step as number];
      return item === undefined ? list : list.toSpliced(step as number, 1).toSpliced(edit.to, 0, item);
    }
    case 'rename':
      return Object.fromEntries(
        Object.entries(objectOf(json)).map(([name, value]) => [name === step ? edit.to : name, value]),
      );
  }
}

/** What stands at a path; undefined where nothing does. */
export function jsonAt(json: Json | undefined, path: Path): Json | undefined {
  let value = json;
  for (const step of path) {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<string | number, Json>)[step];
  }
  return value;
}

/**
 * The smallest edits that make `after` of `before`: what stays as it is keeps its comments. Items of lists are compared
 * by their place.
 */
export function editsBetween(before: Json | undefined, after: Json, path: Path = []): Edit[] {
  if (before !== undefined && isSame(before, after)) return [];
  if (Array.isArray(before) && Array.isArray(after) && before.length > 0 && after.length > 0) {
    const shared = Math.min(before.length, after.length);
    const changed = after
      .slice(0, shared)
      .flatMap((item, index) => editsBetween(before[index], item, [...path, index]));
    const removed = before.slice(shared).map((): Edit => ({ op: 'remove', path: [...path, shared] }));
    const added = after
      .slice(shared)
      .map((value, index): Edit => ({ op: 'insert', path: [...path, shared + index], value }));
    return [...changed, ...removed, ...added];
  }
  if (isObject(before) && isObject(after) && Object.keys(before).some((name) => Object.hasOwn(after, name))) {
    const removed = Object.keys(before)
      .filter((name) => !Object.hasOwn(after, name))
      .map((name): Edit => ({ op: 'remove', path: [...path, name] }));
    const changed = Object.entries(after).flatMap(([name, value]) =>
      editsBetween(before[name], value, [...path, name]),
    );
    return [...removed, ...changed];
  }
  return [{ op: 'set', path, value: after }];
}

/** Whether they say the same, in whatever order fields are. */
export function isSame(a: Json, b: Json): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => isSame(item, b[index] as Json));
  }
  if (!isObject(a) || !isObject(b)) return false;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && isSame(a[name] as Json, b[name] as Json))
  );
}

function withField(json: Json, step: string | number, value: Json): Json {
  if (typeof step === 'number') return listOf(json).toSpliced(step, 1, value);
  return { ...objectOf(json), [step]: value };
}

function listOf(json: Json): Json[] {
  if (Array.isArray(json)) return json;
  if (json === null) return [];
  throw new Error('there is no list');
}

function objectOf(json: Json): JsonObject {
  if (isObject(json)) return json;
  if (json === null) return {};
  throw new Error('there are no fields');
}
