import type { ProblemDetails } from '../../../core/api/objects.ts';
import { isObject } from '../../../core/is-object.ts';
import type { Json, JsonObject } from '../../../core/json.ts';
import type { Param } from '../../../core/plan.ts';

/**
 * What is in the form's inputs, by parameter: text as typed, a switch, or with `options` the place of the chosen one
 * as text. Empty text means that nothing was given.
 */
export type Fields = Record<string, string | boolean>;
export type FieldErrors = Record<string, string>;

/** Inputs as they first stand: `given` (of an earlier run) over the defaults. */
export function initialFields(params: readonly Param[], given: JsonObject = {}): Fields {
  return Object.fromEntries(
    params.map((param) => {
      // Of a secret one only a placeholder is given.
      const value = param.secret === true ? undefined : given[param.name];
      return [param.name, fieldOf(param, value ?? param.default)];
    }),
  );
}

function fieldOf(param: Param, value: Json | undefined): string | boolean {
  if (param.options !== undefined) {
    const text = JSON.stringify(value);
    const index = param.options.findIndex((option) => JSON.stringify(option) === text);
    return index === -1 ? '' : String(index);
  }
  if (param.type === 'boolean') return value === true;
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}

/** Values to send; what stands at its default is left out. Otherwise what is wrong, by parameter. */
export function toParameters(
  params: readonly Param[],
  fields: Fields,
): { parameters: JsonObject } | { errors: FieldErrors } {
  const parameters: JsonObject = {};
  const errors: FieldErrors = {};
  const untouched = initialFields(params);
  for (const param of params) {
    const field = fields[param.name] ?? '';
    if (param.default !== undefined && field === untouched[param.name]) continue;
    const value = valueOf(param, field);
    if (typeof value === 'object' && 'error' in value) errors[param.name] = value.error;
    else parameters[param.name] = value.value;
  }
  return Object.keys(errors).length > 0 ? { errors } : { parameters };
}

export function valueOf(param: Param, field: string | boolean): { value: Json } | { error: string } {
  if (typeof field === 'boolean') return { value: field };
  if (param.options !== undefined) {
    const option = field === '' ? undefined : param.options[Number(field)];
    return option === undefined ? { error: 'Choose one.' } : { value: option };
  }
  if (field === '' && !(param.type === 'string' && param.default !== undefined)) return { error: 'Give a value.' };
  switch (param.type) {
    case 'string':
      return { value: field };
    case 'number': {
      const value = Number(field);
      return field.trim() !== '' && Number.isFinite(value) ? { value } : { error: 'Give a number.' };
    }
    case 'boolean':
      return { value: field === 'true' };
    case 'list':
      return json(field, Array.isArray, 'Give a list as JSON, as ["a", "b"].');
    case 'object':
      return json(field, isObject, 'Give an object as JSON, as {"a": 1}.');
  }
}

function json(text: string, right: (value: Json) => boolean, error: string): { value: Json } | { error: string } {
  try {
    const value = JSON.parse(text) as Json;
    return right(value) ? { value } : { error };
  } catch {
    return { error };
  }
}

/** Sorts what the server refused to the inputs it is about; `rest` is about none of them. */
export function serverErrors(
  problem: ProblemDetails,
  params: readonly Param[],
): { errors: FieldErrors; rest: string[] } {
  const errors: FieldErrors = {};
  const rest: string[] = [];
  for (const each of problem.problems ?? []) {
    const text = each.remedy === undefined ? each.message : `${each.message} ${each.remedy}`;
    const param = params.find((candidate) => isAbout(each.path, candidate.name));
    if (param === undefined) rest.push(text);
    else errors[param.name] ??= text;
  }
  return { errors, rest };
}

function isAbout(path: string, name: string): boolean {
  const bare = path.replace(/^parameters(?:\.|(?=\[))/, '');
  const heads = [name, `["${name}"]`];
  return heads.some((head) => bare === head || bare.startsWith(`${head}.`) || bare.startsWith(`${head}[`));
}
