import { checkExpression, type Names, splitTemplate } from '../expressions/index.ts';
import type { Json, JsonObject } from '../json.ts';
import { nearestHint } from '../nearest.ts';
import type { Value } from '../plan.ts';
import { at, type Place, type Planning, report } from './planning.ts';

export interface ValueRules {
  names: Names;
  /** Whether `{ from_credential: … }` may stand here; else why not. */
  credentials: true | string;
}

/** Reads a value of a file: text with `${{ }}`, a reference to a Credential, lists and objects of these. */
export function planValue(planning: Planning, json: Json, place: Place, rules: ValueRules): Value {
  if (typeof json === 'string') return planText(planning, json, place, rules.names);
  if (json === null || typeof json !== 'object') return { literal: json };
  if (Array.isArray(json)) {
    const list = json.map((item, index) => planValue(planning, item, at(place, index), rules));
    return list.every(isLiteral) ? { literal: json } : { list };
  }
  if (Object.hasOwn(json, 'from_credential')) return planCredential(planning, json, place, rules);
  const entries = Object.entries(json).map(
    ([key, item]) => [key, planValue(planning, item, at(place, key), rules)] as const,
  );
  return entries.every(([, value]) => isLiteral(value)) ? { literal: json } : { object: Object.fromEntries(entries) };
}

export function isLiteral(value: Value): value is { literal: Json } {
  return 'literal' in value;
}

function planText(planning: Planning, text: string, place: Place, names: Names): Value {
  if (!text.includes('${{')) return { literal: text };
  const split = splitTemplate(text);
  if ('fault' in split) {
    report(planning, place, split.fault);
    return { literal: text };
  }
  for (const part of split.parts) {
    if (typeof part !== 'string') planExpression(planning, part.expr, place, names);
  }
  const [only, ...others] = split.parts;
  return others.length === 0 && typeof only === 'object' ? only : { template: split.parts };
}

/** Checks an expression; false where it is at fault. */
export function planExpression(planning: Planning, expression: string, place: Place, names: Names): boolean {
  const faults = checkExpression(expression, names);
  for (const fault of faults) report(planning, place, fault);
  return faults.length === 0;
}

function planCredential(planning: Planning, json: JsonObject, place: Place, rules: ValueRules): Value {
  const { from_credential: name, property, ...others } = json;
  for (const key of Object.keys(others)) {
    const message = `there is no field ${JSON.stringify(key)}${nearestHint(key, ['from_credential', 'property'])}`;
    report(planning, at(place, key), message, { key: true });
  }
  if (rules.credentials !== true) report(planning, place, rules.credentials);
  if (typeof name !== 'string' || name === '' || name.includes('${{')) {
    report(planning, at(place, 'from_credential'), 'this must be the name of a Credential, written in place', {
      remedy: 'What an expression gives can never choose a Credential.',
    });
    return { literal: null };
  }
  if (property === undefined) return { credential: { name } };
  if (typeof property === 'string' && property !== '' && !property.includes('${{'))
    return { credential: { name, property } };
  report(planning, at(place, 'property'), 'this must be the name of a property, written in place');
  return { literal: null };
}

/** The text of a value that is text, nothing computed. */
export function literalText(value: Value | undefined): string | undefined {
  return value !== undefined && isLiteral(value) && typeof value.literal === 'string' ? value.literal : undefined;
}

/** Every expression of a value. */
export function expressionsOf(value: Value): string[] {
  if ('expr' in value) return [value.expr];
  if ('template' in value) return value.template.flatMap((part) => (typeof part === 'string' ? [] : [part.expr]));
  if ('list' in value) return value.list.flatMap(expressionsOf);
  if ('object' in value) return Object.values(value.object).flatMap(expressionsOf);
  return [];
}

/** An object whose names are written in place: data that chooses `BASH_ENV` or `LD_PRELOAD` is code. */
export function planWrittenNames(planning: Planning, json: Json, place: Place, rules: ValueRules): Value {
  const value = planValue(planning, json, place, rules);
  if (!('expr' in value)) return value;
  const name = String(place.path.at(-1));
  report(
    planning,
    place,
    `the names in ${name} must be written in place, as data could choose one that makes it code`,
    {
      remedy: `Write ${name}: { NAME: '\${{ … }}' }.`,
    },
  );
  return value;
}

export function reportCode(planning: Planning, place: Place, environ: boolean): void {
  report(planning, place, `${String(place.path.at(-1))} is code, and \${{ }} in it could turn data into code`, {
    remedy: environ
      ? "Pass the value by environ, as environ: { NAME: '${{ … }}' }, and write $NAME in the command."
      : 'Write it without ${{ }}.',
  });
}
