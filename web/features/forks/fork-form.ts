import type { ForkPlan } from '../../../core/api/forks.ts';
import type { JsonObject } from '../../../core/json.ts';
import type { Param } from '../../../core/plan.ts';
import { type FieldErrors, type Fields, initialFields, valueOf } from '../parameters/form-model.ts';

type Given = Pick<ForkPlan, 'params' | 'parameters'>;

/** Inputs as they first stand: what the forked run was given; of a secret one that is kept, nothing. */
export function forkFields({ params, parameters }: Given): Fields {
  const fields = initialFields(params, parameters);
  for (const { name, secret } of params) if (secret === true && Object.hasOwn(parameters, name)) fields[name] = '';
  return fields;
}

/** What is to be other than in the forked run, or what is wrong, by parameter. */
export function changedParameters(given: Given, fields: Fields): { parameters: JsonObject } | { errors: FieldErrors } {
  const untouched = forkFields(given);
  const parameters: JsonObject = {};
  const errors: FieldErrors = {};
  for (const param of given.params) {
    const field = fields[param.name] ?? '';
    const isHad = Object.hasOwn(given.parameters, param.name) || param.default !== undefined;
    if (isHad && field === untouched[param.name]) continue;
    const value = valueOf(param, field);
    if (typeof value === 'object' && 'error' in value) errors[param.name] = value.error;
    else parameters[param.name] = value.value;
  }
  return Object.keys(errors).length > 0 ? { errors } : { parameters };
}

/** As `environment=nonprod`, of what the forked run was given otherwise. */
export function formerValues(given: Given, fields: Fields): string[] {
  const { params, parameters } = given;
  const untouched = forkFields(given);
  return params
    .filter(({ name }) => Object.hasOwn(parameters, name) && fields[name] !== untouched[name])
    .map((param) => formerValue(param, parameters));
}

function formerValue({ name, secret }: Param, parameters: JsonObject): string {
  if (secret === true) return `another ${name}`;
  const value = parameters[name];
  return `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`;
}
