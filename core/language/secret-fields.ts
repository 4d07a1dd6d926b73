import { z } from 'zod';
import type { Value } from '../plan.ts';

/** Paths of the fields that a schema marks as secret, also inside objects. */
export function secretFields(schema: z.ZodObject): string[][] {
  return Object.entries(schema.shape).flatMap(([name, field]) => {
    const type = field as z.ZodType;
    const inner = withoutOptional(type);
    if ([type, inner].some((one) => one.meta()?.['secret'] === true)) return [[name]];
    return inner instanceof z.ZodObject ? secretFields(inner).map((path) => [name, ...path]) : [];
  });
}

function withoutOptional(type: z.ZodType): z.ZodType {
  return type instanceof z.ZodOptional ? (type.unwrap() as z.ZodType) : type;
}

/** What stands at a path; undefined where nothing does. An expression that makes a whole object stands for all in it. */
export function valueAt(input: Readonly<Record<string, Value>>, path: readonly string[]): Value | undefined {
  let value: Value | undefined = { object: input };
  for (const name of path) {
    if (value === undefined) return undefined;
    if ('object' in value) value = Object.hasOwn(value.object, name) ? value.object[name] : undefined;
    else if ('literal' in value) {
      const { literal }: { literal: unknown } = value;
      const inside = typeof literal === 'object' && literal !== null && Object.hasOwn(literal, name);
      value = inside ? { literal: (literal as Record<string, never>)[name] as never } : undefined;
    } else return value;
  }
  return value;
}
