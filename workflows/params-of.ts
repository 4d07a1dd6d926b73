import { evaluateFields, type Scope } from '../core/expressions/index.ts';
import type { JsonObject } from '../core/json.ts';
import { checkParameters } from '../core/language/parameters.ts';
import type { JobPlan } from '../core/plan.ts';

/** What is passed to a Job, computed. Throws where it is not what its params take. */
export function paramsOf({ args, params }: Pick<JobPlan, 'args' | 'params'>, scope: Scope): JsonObject {
  const { value } = evaluateFields(args, scope);
  const checked = checkParameters(params, value);
  if ('values' in checked) return checked.values;
  throw new TypeError(`The args are wrong: ${checked.problems.map(({ message }) => message).join('; ')}.`);
}
