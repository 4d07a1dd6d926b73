import type { Json } from '../json.ts';
import type { Param, ParamType } from '../plan.ts';

export function typeOfJson(json: Json): ParamType | 'null' {
  if (json === null) return 'null';
  if (Array.isArray(json)) return 'list';
  const type = typeof json;
  return type === 'string' || type === 'number' || type === 'boolean' ? type : 'object';
}

export function withArticle(type: ParamType | 'null'): string {
  return type === 'null' ? 'nothing' : `${type === 'object' ? 'an' : 'a'} ${type}`;
}

/** Whether a value is one of the param's options, where it has any. */
export function hasOption(param: Param, json: Json): boolean {
  return param.options === undefined || param.options.some((option) => sameJson(option, json));
}

/** Objects are the same whatever the order of their fields. */
function sameJson(a: Json, b: Json): boolean {
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return a === b;
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    return a.every((item, index) => sameJson(item, b[index] as Json));
  }
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && sameJson(a[name] as Json, b[name] as Json))
  );
}
