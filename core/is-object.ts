import type { Json, JsonObject } from './json.ts';

/** Apart from `json.ts`, so that who asks it brings no schemas along. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
