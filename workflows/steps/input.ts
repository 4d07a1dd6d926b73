import { durationHint, durationMs } from '../../core/duration.ts';
import { PalvellaError } from '../../core/errors.ts';
import { evaluateFields } from '../../core/expressions/index.ts';
import type { Json, JsonObject } from '../../core/json.ts';
import type { Value } from '../../core/plan.ts';
import type { Step } from './step.ts';

/**
 * The computed input of an Action of control flow. The planner checked what was written, and added what was not; what
 * expressions came to is checked here, without the schemas, which each run would have to load.
 */
export function inputOf({ plan, scope }: Pick<Step, 'plan' | 'scope'>): Input {
  const values = evaluateFields(plan.input, scope).value;
  const wrong = (field: string, must: string) =>
    new PalvellaError('invalid_request', `${plan.type}.${field} must be ${must}, not ${shown(values[field])}`);
  return {
    values,
    text(field) {
      const value = values[field];
      if (typeof value === 'string' && value !== '') return value;
      throw wrong(field, 'text');
    },
    texts(field) {
      const value = values[field];
      if (Array.isArray(value) && value.length > 0 && value.every(isText)) return value;
      throw wrong(field, 'a list of texts');
    },
    count(field) {
      const value = values[field];
      if (typeof value === 'number' && Number.isInteger(value) && value > 0) return value;
      throw wrong(field, 'a whole number above 0');
    },
    has: (field) => Object.hasOwn(values, field) && values[field] !== null,
  };
}

export interface Input {
  values: JsonObject;
  text(field: string): string;
  texts(field: string): string[];
  count(field: string): number;
  has(field: string): boolean;
}

function isText(value: Json): value is string {
  return typeof value === 'string' && value !== '';
}

function shown(value: Json | undefined): string {
  return JSON.stringify(value ?? null).slice(0, 100);
}

/** Milliseconds. */
export function durationOf(input: Input, field: string): number {
  const ms = durationMs(input.text(field));
  if (ms !== undefined) return ms;
  throw new PalvellaError(
    'invalid_request',
    `${field}: ${JSON.stringify(input.text(field))} is no duration: ${durationHint}`,
  );
}

/** Code, which the plan holds as it was written. */
export function codeOf(value: Value | undefined): string {
  return value !== undefined && 'literal' in value && typeof value.literal === 'string' ? value.literal : '';
}
