import { expressionType } from '../expressions/index.ts';
import type { Json } from '../json.ts';
import { listed, nearestHint } from '../nearest.ts';
import type { Param, ParamType, Value } from '../plan.ts';
import { hasOption, typeOfJson, withArticle } from './param-type.ts';
import { at, isFull, type Place, type Planning, report } from './planning.ts';
import type { ParamSpec } from './schema-param.ts';
import { planValue, type ValueRules } from './values.ts';

/** Checks what is passed against the params of what is called: unknown, missing, of another type, not an option. */
export function planArgs(
  planning: Planning,
  callee: { kind: string; name: string; params: readonly Param[] },
  args: Readonly<Record<string, Json>>,
  place: Place,
  rules: ValueRules,
): Record<string, Value> {
  const { params } = callee;
  const values: Record<string, Value> = {};
  const names = params.map(({ name }) => name);
  for (const [name, json] of Object.entries(args)) {
    if (isFull(planning)) break;
    const where = at(place, name);
    const param = params.find((one) => one.name === name);
    if (param === undefined) {
      const hint = names.length === 0 ? '; it has none' : nearestHint(name, names);
      report(planning, where, `the ${callee.kind} ${callee.name} has no param ${JSON.stringify(name)}${hint}`, {
        key: true,
      });
      continue;
    }
    const value = planValue(planning, json, where, rules);
    checkArg(planning, param, value, typeOfValue(value, rules), where);
    values[name] = value;
  }
  const missing = params.filter((param) => param.default === undefined && !Object.hasOwn(args, param.name));
  if (missing.length > 0) {
    const wanted = listed(missing.map(({ name, type }) => `${name} (${type})`));
    report(planning, place, `the ${callee.kind} ${callee.name} needs ${wanted}`, { remedy: 'Pass it by args.' });
  }
  return values;
}

function checkArg(
  planning: Planning,
  param: Param,
  value: Value,
  type: ParamType | 'null' | undefined,
  place: Place,
): void {
  if (type !== undefined && type !== param.type) {
    const quote = param.type === 'string' && 'literal' in value && (type === 'number' || type === 'boolean');
    report(planning, place, `${param.name} takes ${withArticle(param.type)}, not ${withArticle(type)}`, {
      remedy: quote ? `Put it in quotes: '${JSON.stringify(value.literal)}'.` : undefined,
    });
  } else if ('literal' in value && !hasOption(param, value.literal)) {
    const options = listed((param.options ?? []).map((option) => JSON.stringify(option)));
    report(planning, place, `${param.name} may be ${options}, not ${JSON.stringify(value.literal)}`);
  }
}

function typeOfValue(value: Value, rules: ValueRules): ParamType | 'null' | undefined {
  if ('literal' in value) return typeOfJson(value.literal);
  if ('template' in value) return 'string';
  if ('list' in value) return 'list';
  if ('object' in value) return 'object';
  if ('credential' in value) return undefined;
  try {
    return expressionType(value.expr, rules.names);
  } catch {
    // Its fault was reported when it was read.
    return undefined;
  }
}

/** Checks the params of a definition themselves. */
export function planParams(planning: Planning, specs: readonly ParamSpec[] | undefined, place: Place): Param[] {
  const names = new Set<string>();
  for (const [index, spec] of (specs ?? []).entries()) {
    const where = at(place, index);
    if (names.has(spec.name)) report(planning, at(where, 'name'), `the param ${spec.name} is there twice`);
    names.add(spec.name);
    checkGiven(planning, spec, spec.default, at(where, 'default'));
    for (const [position, option] of (spec.options ?? []).entries()) {
      checkGiven(planning, { ...spec, options: undefined }, option, at(where, 'options', position));
    }
  }
  return [...(specs ?? [])] as Param[];
}

function checkGiven(planning: Planning, spec: ParamSpec, json: Json | undefined, place: Place): void {
  if (json !== undefined) checkArg(planning, spec as Param, { literal: json }, typeOfJson(json), place);
}

export function typesOf(params: readonly Param[]): ReadonlyMap<string, ParamType> {
  return new Map(params.map(({ name, type }) => [name, type]));
}
