import type { Json, JsonObject } from '../json.ts';
import { Fault, type Meter, TooCostly } from './fault.ts';
import { limits } from './limits.ts';

/**
 * The values of expressions. A closed set: no host object is ever one, so none can be reached. Integers are
 * bigint, other numbers number. Lists and maps over JSON read it in place.
 */
export type Cel = bigint | number | string | boolean | null | CelList | CelMap;

export interface CelList {
  kind: 'list';
  size: number;
  at(index: number): Cel;
}

export interface CelMap {
  kind: 'map';
  size(): number;
  get(key: string): Cel | undefined;
  keys(): string[];
}

export function listOf(items: readonly Cel[]): CelList {
  return { kind: 'list', size: items.length, at: (index) => items[index] as Cel };
}

export function mapOf(entries: ReadonlyMap<string, Cel>): CelMap {
  return {
    kind: 'map',
    size: () => entries.size,
    get: (key) => entries.get(key),
    keys: () => [...entries.keys()],
  };
}

export function fromJson(json: Json): Cel {
  if (typeof json === 'number') return Number.isSafeInteger(json) ? BigInt(json) : json;
  if (json === null || typeof json !== 'object') return json;
  if (Array.isArray(json)) {
    return { kind: 'list', size: json.length, at: (index) => fromJson(json[index] as Json) };
  }
  return {
    kind: 'map',
    size: () => Object.keys(json).length,
    get: (key) => (Object.hasOwn(json, key) ? fromJson(json[key] as Json) : undefined),
    keys: () => Object.keys(json),
  };
}

export function toJson(value: Cel, meter: Meter, depth = 0): Json {
  meter.spend(1);
  switch (typeof value) {
    case 'bigint': {
      if (Number.isSafeInteger(Number(value))) return Number(value);
      throw new Fault(`the integer ${value} is too large to be kept exactly; use string(…)`);
    }
    case 'number':
      if (Number.isFinite(value)) return value;
      throw new Fault(`its result is ${value}, which is no number that can be kept`);
    case 'string':
      meter.text(value.length, limits.textLength);
      return value;
    case 'boolean':
      return value;
    default:
      return value === null ? null : partsToJson(value, meter, deeper(depth));
  }
}

function partsToJson(value: CelList | CelMap, meter: Meter, depth: number): Json {
  if (value.kind === 'list') {
    return Array.from({ length: value.size }, (_, index) => toJson(value.at(index), meter, depth));
  }
  // Own properties whatever the key, so that a key such as __proto__ stays data.
  const object: JsonObject = Object.fromEntries(
    value.keys().map((key) => {
      meter.text(key.length, limits.textLength);
      return [key, toJson(value.get(key) as Cel, meter, depth)];
    }),
  );
  return object;
}

export function typeName(value: Cel): string {
  if (value === null) return 'null';
  switch (typeof value) {
    case 'bigint':
      return 'an integer';
    case 'number':
      return 'a number';
    case 'string':
      return 'text';
    case 'boolean':
      return 'true or false';
    default:
      return value.kind === 'list' ? 'a list' : 'an object';
  }
}

const smallest = -(2n ** 63n);
const largest = 2n ** 63n - 1n;

export function integer(value: bigint): bigint {
  if (value < smallest || value > largest) throw new Fault('an integer passes 64 bits');
  return value;
}

/** Deep recursion is refused before the host's stack ends. */
export function deeper(depth: number): number {
  if (depth > 200) throw new TooCostly('values are nested too deep');
  return depth + 1;
}
