import { hookKinds } from '../hooks.ts';
import type { EngineDefinition } from './library.ts';
import type { Place, Planning, Surroundings } from './planning.ts';
import type { InlineEngine } from './schema-engine.ts';

/** An Engine with a setup or a teardown. */
export interface HookedEngine {
  /** The same for one Engine wherever it is written. */
  key: string;
  spec: InlineEngine;
  place: Place;
  /** In the library: nothing of the Job can be named there. */
  definition: EngineDefinition | undefined;
}

export function hookedEngine(planning: Planning, given: Surroundings['engine']): HookedEngine | undefined {
  if (given === undefined) return undefined;
  const { field, place } = given;
  if (typeof field !== 'string') {
    return isHooked(field) ? { key: JSON.stringify(field), spec: field, place, definition: undefined } : undefined;
  }
  const definition = planning.library.engine(field);
  if (definition === undefined || !isHooked(definition.spec)) return undefined;
  return { key: field, spec: definition.spec, place: { locate: definition.locate, path: [] }, definition };
}

function isHooked(spec: InlineEngine): boolean {
  return hookKinds.some((kind) => spec[kind] !== undefined);
}
