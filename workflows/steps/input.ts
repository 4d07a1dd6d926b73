import type { z } from 'zod';
import { PalvellaError } from '../../core/errors.ts';
import { evaluateFields } from '../../core/expressions/index.ts';
import type { Value } from '../../core/plan.ts';
import type { Step } from './step.ts';

/** The input of an Action, computed, and checked once more now that its expressions have values. */
export function inputOf<Schema extends z.ZodObject>(
  { id, input }: { id: string; input: Schema },
  { plan, scope }: Pick<Step, 'plan' | 'scope'>,
): z.infer<Schema> {
  const parsed = input.safeParse(evaluateFields(plan.input, scope).value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new PalvellaError('invalid_request', `${[id, ...(issue?.path ?? [])].join('.')}: ${issue?.message}`);
}

/** Code, which the plan holds as it was written. */
export function codeOf(value: Value | undefined): string {
  return value !== undefined && 'literal' in value && typeof value.literal === 'string' ? value.literal : '';
}
