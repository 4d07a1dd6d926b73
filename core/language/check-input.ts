import type { z } from 'zod';
import type { Json, JsonObject } from '../json.ts';
import type { Value } from '../plan.ts';
import type { Path } from './document.ts';
import { unknownField } from './fields.ts';
import { faultsOf } from './issues.ts';
import { at, isFull, type Place, type Planning, report } from './planning.ts';
import { secretFields, valueAt } from './secret-fields.ts';
import { isLiteral } from './values.ts';

/** What stands for a value that is only known in a run, while the rest is checked. */
const unknownYet = 'x';

/**
 * Checks the fields of an Action or Engine by its manifest as far as they are known, and adds the defaults of those
 * that are absent. `places`: where each field is written.
 */
export function checkInput(
  planning: Planning,
  schema: z.ZodObject,
  input: Readonly<Record<string, Value>>,
  places: { all: Place; of(field: string): Place },
): Record<string, Value> {
  const known = Object.keys(schema.shape);
  const free = schema.def.catchall !== undefined && schema.def.catchall._zod.def.type !== 'never';
  for (const name of Object.keys(input)) {
    if (isFull(planning)) break;
    if (!free && !known.includes(name)) report(planning, places.of(name), unknownField(name, known), { key: true });
  }
  const dynamic: Path[] = [];
  const sample = Object.fromEntries(
    Object.entries(input).map(([name, value]) => [name, sampleOf(value, [name], dynamic)]),
  );
  const result = schema.safeParse(sample);
  if (!result.success) {
    const issues = result.error.issues.filter((issue) => !dependsOn(issue, dynamic));
    for (const { path, message, ...more } of faultsOf(issues, sample)) {
      const [field, ...rest] = path;
      const place = field === undefined ? places.all : at(places.of(String(field)), ...rest);
      report(planning, place, message, more);
    }
  }
  for (const path of secretFields(schema)) {
    const [field = '', ...rest] = path;
    const value = valueAt(input, path);
    if (value === undefined || 'credential' in value) continue;
    report(planning, at(places.of(field), ...rest), 'a secret may not stand in a file or come out of an expression', {
      remedy: `Write ${path.at(-1)}: { from_credential: name }.`,
    });
  }
  return { ...input, ...defaultsOf(schema, input) };
}

function sampleOf(value: Value, path: Path, dynamic: Path[]): Json {
  if (isLiteral(value)) return value.literal;
  if ('list' in value) return value.list.map((item, index) => sampleOf(item, [...path, index], dynamic));
  if ('object' in value) {
    const entries = Object.entries(value.object);
    return Object.fromEntries(
      entries.map(([key, item]) => [key, sampleOf(item, [...path, key], dynamic)]),
    ) as JsonObject;
  }
  dynamic.push(path);
  return unknownYet;
}

/** Whether a fault may be due to a value that is not known yet. */
function dependsOn(issue: z.core.$ZodIssue, dynamic: readonly Path[]): boolean {
  const path = issue.path;
  const startsWith = (long: readonly PropertyKey[], short: readonly PropertyKey[]) =>
    short.length <= long.length && short.every((step, index) => step === long[index]);
  return dynamic.some(
    (one) => startsWith(path, one) || (path.length > 0 && issue.code !== 'unrecognized_keys' && startsWith(one, path)),
  );
}

function defaultsOf(schema: z.ZodObject, input: Readonly<Record<string, Value>>): Record<string, Value> {
  const defaults: Record<string, Value> = {};
  for (const [name, field] of Object.entries(schema.shape)) {
    if (Object.hasOwn(input, name)) continue;
    const result = (field as z.ZodType).safeParse(undefined);
    if (result.success && result.data !== undefined) defaults[name] = { literal: result.data as Json };
  }
  return defaults;
}
