import { evaluateCondition, evaluateValue } from '../../core/expressions/index.ts';
import { codeOf } from './input.ts';
import type { Step, StepResult } from './step.ts';

/** Succeeds where an expression is true. */
export function compare({ plan, scope }: Step): StepResult {
  const { expression, of } = plan.input;
  const source = codeOf(expression);
  const named = of === undefined ? scope : { ...scope, value: evaluateValue(of, scope).value };
  if (evaluateCondition(source, named)) return { status: 'succeeded' };
  return { status: 'failed', reason: `Not true: ${source}` };
}
