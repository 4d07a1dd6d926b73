import { PalvellaError } from '../errors.ts';
import type { Json } from '../json.ts';
import { type Cel, toJson, typeName } from './cel.ts';
import { run } from './evaluate.ts';
import { Fault, Meter, TooCostly } from './fault.ts';
import { limits } from './limits.ts';
import type { Scope } from './scope.ts';
import { compileExpression } from './syntax.ts';

/**
 * Computes an expression. Deterministic and bounded, and runs in the workflow sandbox. Throws `expression_failed`,
 * with the expression in its message.
 */
export function evaluate(expression: string, scope: Scope): Json {
  return compute(expression, scope, toJson);
}

/** As `evaluate`, where the answer must be true or false: `skip_if`, `compare`. */
export function evaluateCondition(expression: string, scope: Scope): boolean {
  return compute(expression, scope, (value) => {
    if (typeof value === 'boolean') return value;
    throw new Fault(`it is ${typeName(value)}, not true or false`);
  });
}

/** As `evaluate`, as a part of a text: text as it is, other values as JSON. */
export function evaluateText(expression: string, scope: Scope): string {
  return asText(evaluate(expression, scope));
}

function asText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function compute<Result>(expression: string, scope: Scope, finish: (value: Cel, meter: Meter) => Result): Result {
  const { tree } = compileExpression(expression);
  const meter = new Meter(limits.steps);
  try {
    return finish(run(tree, { scope, meter }), meter);
  } catch (error) {
    if (!(error instanceof Fault) && !(error instanceof TooCostly)) throw error;
    throw new PalvellaError('expression_failed', `${JSON.stringify(expression)}: ${error.message}`, { cause: error });
  }
}
