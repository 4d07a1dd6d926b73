import { PalvellaError, problemWith } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import { listed } from '../nearest.ts';
import type { Param } from '../plan.ts';

import { sentence } from './document.ts';
import { checkParameters } from './parameters.ts';

/** What was given for Params, complete with defaults. Throws everything that is wrong with it and what would be right. */
export function givenValues(what: 'parameter' | 'field', params: readonly Param[], given: JsonObject): JsonObject {
  const checked = checkParameters(params, given, what);
  if ('values' in checked) return checked.values;
  const problems = checked.problems.map(({ name, message }) => problemWith(`${what}s.${name}`, sentence(message)));
  const takes = params.map(({ name, type }) => `${name} (${type})`);
  throw new PalvellaError('invalid_request', problems.map(({ message }) => message).join(' '), {
    problems,
    remedy: takes.length === 0 ? `It takes no ${what}s.` : `It takes ${listed(takes)}.`,
  });
}
