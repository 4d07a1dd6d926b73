import { PalvellaError } from '../../core/errors.ts';
import type { Json, JsonObject } from '../../core/json.ts';
import type { CredentialUse } from '../types.ts';

/** A copy of `target` with each value in the place that its use names. Throws where a place is not there. */
export function placeValues(target: JsonObject, uses: readonly CredentialUse[], values: readonly string[]): JsonObject {
  const copy = structuredClone(target);
  for (const [index, { at, name }] of uses.entries()) {
    const value = values[index];
    if (value === undefined || at.length === 0) {
      throw new PalvellaError('credential_unavailable', `the Credential ${name} was not leased`);
    }
    place(copy, at, value);
  }
  return copy;
}

function place(target: JsonObject, at: readonly (string | number)[], value: string): void {
  let parent: Json = target;
  for (const [depth, step] of at.entries()) {
    if (typeof parent !== 'object' || parent === null) break;
    const holder = parent as Record<string | number, Json>;
    if (depth === at.length - 1) {
      // Not by assignment: a name such as __proto__ must be a field like any other.
      Object.defineProperty(holder, step, { value, writable: true, enumerable: true, configurable: true });
      return;
    }
    parent = Object.hasOwn(holder, step) ? (holder[step] as Json) : null;
  }
  throw new PalvellaError('internal', `there is no place ${at.join('.')} for a Credential`);
}
