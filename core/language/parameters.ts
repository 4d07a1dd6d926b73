import type { Json, JsonObject } from '../json.ts';
import { listed, nearestHint } from '../nearest.ts';
import type { Param } from '../plan.ts';
import { hasOption, typeOfJson, withArticle } from './param-type.ts';

/** Bytes of one value as JSON. */
const largestParameter = 64 * 1024;

/** What a run is given, complete with defaults, or everything that is wrong, each a sentence with what is right. */
export function checkParameters(
  params: readonly Param[],
  given: JsonObject,
  what: 'parameter' | 'field' = 'parameter',
): { values: JsonObject } | { problems: { name: string; message: string }[] } {
  const problems: { name: string; message: string }[] = [];
  const values: [string, Json][] = [];
  const names = params.map(({ name }) => name);
  for (const name of Object.keys(given)) {
    if (names.includes(name)) continue;
    const hint = names.length === 0 ? '; there are none' : nearestHint(name, names);
    problems.push({ name, message: `there is no ${what} ${JSON.stringify(name)}${hint}` });
  }
  for (const param of params) {
    const value = Object.hasOwn(given, param.name) ? given[param.name] : param.default;
    const fault = value === undefined ? `${param.name} is missing: it takes ${takes(param)}` : faultOf(param, value);
    if (fault !== undefined) problems.push({ name: param.name, message: fault });
    else if (value !== undefined) values.push([param.name, value]);
  }
  return problems.length > 0 ? { problems } : { values: Object.fromEntries(values) };
}

function faultOf(param: Param, value: Json): string | undefined {
  const type = typeOfJson(value);
  if (type !== param.type) return `${param.name} takes ${takes(param)}, not ${withArticle(type)}`;
  if (new TextEncoder().encode(JSON.stringify(value)).length > largestParameter) {
    return `${param.name} is larger than 64 KiB; pass a file or an address instead`;
  }
  return hasOption(param, value) ? undefined : `${param.name} takes ${takes(param)}, not ${JSON.stringify(value)}`;
}

function takes({ type, options }: Param): string {
  return options === undefined
    ? withArticle(type)
    : `one of ${listed(options.map((option) => JSON.stringify(option)))}`;
}

/**
 * Text from a command line, as `-p name=value`, as the value that the param takes. Text that cannot be read as its
 * type stays text, so that `checkParameters` says what is right.
 */
export function coerceParameter(param: Pick<Param, 'type'>, text: string): Json {
  if (param.type === 'string') return text;
  try {
    const value = JSON.parse(text) as Json;
    return typeOfJson(value) === param.type ? value : text;
  } catch {
    return text;
  }
}
