import { expect, test } from 'vitest';
import { z } from 'zod';
import { Json } from '../../../../core/json.ts';
import { builtInCatalogue, type JsonSchema, languageJsonSchema } from '../../../../core/language/index.ts';
import { fieldKind, fits, plainSchema } from './field-kind.ts';

const schema = (type: z.ZodType) => z.toJSONSchema(type, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
const kindOf = (type: z.ZodType) => {
  const whole = schema(z.object({ field: type }));
  return fieldKind(whole.properties?.['field'] as JsonSchema, whole).kind;
};

test.each<[string, z.ZodType]>([
  ['text', z.string()],
  ['number', z.int().min(1)],
  ['boolean', z.boolean().default(true)],
  ['choice', z.enum(['a', 'b'])],
  ['texts', z.array(z.string())],
  ['texts', z.union([z.string(), z.array(z.string())])],
  ['texts', z.array(z.enum(['a', 'b']))],
  ['numbers', z.array(z.int())],
  ['map', z.record(z.string(), z.string())],
  ['object', z.object({ a: z.string() })],
  ['items', z.array(z.strictObject({ name: z.string() }))],
  ['yaml', Json],
  ['yaml', z.union([z.string(), z.object({ a: z.string() })])],
  ['yaml', z.unknown()],
])('%s for %j', (kind, type) => {
  expect(kindOf(type)).toBe(kind);
});

test('a field of the language is what it is without the ways to compute it', () => {
  const root = languageJsonSchema(builtInCatalogue);
  const pipeline = root.$defs?.['Pipeline'] as JsonSchema;
  const job = plainSchema(pipeline.properties?.['jobs'] as JsonSchema, root);
  const entry = plainSchema(job.items as JsonSchema, root);
  const of = (name: string) => fieldKind(entry.properties?.[name] as JsonSchema, root).kind;
  expect([of('image'), of('requires'), of('retry'), of('params'), of('when'), of('sequence'), of('runs_on')]).toEqual([
    'text',
    'texts',
    'object',
    'items',
    'choice',
    'boolean',
    'map',
  ]);
});

test('an expression in the place of a number fits no number', () => {
  expect(fits({ kind: 'number' }, '${{ a }}')).toBe(false);
  expect(fits({ kind: 'map', values: {} }, { from_credential: 'a' })).toBe(false);
  expect(fits({ kind: 'texts', options: undefined }, ['a'])).toBe(true);
});
