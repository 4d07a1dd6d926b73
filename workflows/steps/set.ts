import { evaluateFields } from '../../core/expressions/index.ts';
import type { Step, StepResult } from './step.ts';

/** Gives the Job named outputs. */
export function set({ plan, scope }: Step): StepResult {
  const { value } = evaluateFields(plan.input, scope);
  return { status: 'succeeded', output: value, named: value };
}
