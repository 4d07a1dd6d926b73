import { inputOf } from './input.ts';
import type { Step, StepResult } from './step.ts';

/** Says no, with a reason. */
export function fail(step: Step): StepResult {
  return { status: 'failed', reason: inputOf(step).text('reason') };
}
