import { isObject } from '../../../../core/is-object.ts';
import type { Json } from '../../../../core/json.ts';
import { yamlOf } from '../form/yaml-value.ts';

type Sample = { value: Json | undefined } | { error: string };

/** Sample values as they were typed: fields, or a list of such. */
export function readSample(text: string, wanted: 'fields' | 'list' = 'fields'): Sample {
  const read = yamlOf(text);
  if ('error' in read || read.value === undefined) return read;
  if (wanted === 'fields') return isObject(read.value) ? read : { error: 'Give fields with values, as branch: main' };
  const isList = Array.isArray(read.value) && read.value.every((each) => isObject(each));
  return isList ? read : { error: 'It has for_each: give a list with the fields of each, as - changed: true' };
}
