import { unreachable } from '../errors.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Value } from '../plan.ts';
import { evaluate, evaluateText } from './evaluate-expression.ts';
import type { Scope } from './scope.ts';

/** A place in a computed value where the Worker puts what it leases. */
export interface CredentialUse {
  at: (string | number)[];
  name: string;
  property?: string;
}

/**
 * Computes a value. Where it refers to a Credential there is null, and `credentials` says what goes there: only the
 * plan can refer to one, never data that an expression read. Throws `expression_failed`.
 */
export function evaluateValue(value: Value, scope: Scope): { value: Json; credentials: CredentialUse[] } {
  const credentials: CredentialUse[] = [];
  return { value: compute(value, scope, [], credentials), credentials };
}

/** As `evaluateValue`, of the fields of an Action's input, a Job's args or an Engine's settings. */
export function evaluateFields(
  fields: Readonly<Record<string, Value>>,
  scope: Scope,
): { value: JsonObject; credentials: CredentialUse[] } {
  const { value, credentials } = evaluateValue({ object: { ...fields } }, scope);
  return { value: value as JsonObject, credentials };
}

function compute(value: Value, scope: Scope, at: (string | number)[], credentials: CredentialUse[]): Json {
  if ('literal' in value) return value.literal;
  if ('expr' in value) return evaluate(value.expr, scope);
  if ('template' in value) {
    return value.template.map((part) => (typeof part === 'string' ? part : evaluateText(part.expr, scope))).join('');
  }
  if ('list' in value) return value.list.map((item, index) => compute(item, scope, [...at, index], credentials));
  if ('object' in value) {
    const entries = Object.entries(value.object);
    return Object.fromEntries(entries.map(([key, part]) => [key, compute(part, scope, [...at, key], credentials)]));
  }
  if ('credential' in value) {
    const { name, property } = value.credential;
    credentials.push(property === undefined ? { at, name } : { at, name, property });
    return null;
  }
  return unreachable(value);
}
