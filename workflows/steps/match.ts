import { evaluateValue, matchPattern } from '../../core/expressions/index.ts';
import type { Value } from '../../core/plan.ts';
import { logReader } from '../activities.ts';
import { codeOf } from './input.ts';
import type { Step, StepResult } from './step.ts';

/** Searches a text for a pattern; the groups are the output. */
export async function match(step: Step): Promise<StepResult> {
  const { plan, scope } = step;
  const pattern = codeOf(plan.input['pattern']);
  const found = await search(step, pattern, plan.input['of'] ?? { literal: '' }, scope);
  if (found === null) return { status: 'failed', reason: `The text does not match ${pattern}` };
  return { status: 'succeeded', output: found.groups };
}

function search({ context, cutTexts }: Step, pattern: string, of: Value, scope: Step['scope']) {
  for (const [action, log] of cutTexts) {
    if (!('expr' in of) || of.expr !== `job.current.action["${action}"].stdout`) continue;
    return context.gate.through(() => logReader.matchLog(log, pattern));
  }
  const text = evaluateValue(of, scope).value;
  return matchPattern(pattern, typeof text === 'string' ? text : JSON.stringify(text));
}
