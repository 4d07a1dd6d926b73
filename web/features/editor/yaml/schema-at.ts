import type { JsonSchema } from '../../../../core/language/json-schema.ts';

/** Every schema that may hold at a place, references and alternatives followed. */
export function schemasAt(root: JsonSchema, kind: string, path: readonly string[]): JsonSchema[] {
  let schemas = alternatives((root.$defs?.[kind] ?? {}) as JsonSchema, root);
  for (const step of path) {
    schemas = schemas.flatMap((schema) => {
      const next = step === '*' ? schema.items : (schema.properties?.[step] ?? schema.additionalProperties);
      return typeof next === 'object' && !Array.isArray(next) ? alternatives(next as JsonSchema, root) : [];
    });
  }
  return schemas;
}

function alternatives(schema: JsonSchema, root: JsonSchema, depth = 0): JsonSchema[] {
  if (depth > 8) return [];
  const referred = schema.$ref === undefined ? undefined : root.$defs?.[schema.$ref.replace('#/$defs/', '')];
  const branches = [
    ...(schema.anyOf ?? []),
    ...(schema.oneOf ?? []),
    ...(schema.allOf ?? []),
    ...(referred === undefined ? [] : [referred]),
  ];
  return [schema, ...branches.flatMap((branch) => alternatives(branch as JsonSchema, root, depth + 1))];
}

export interface Completion {
  label: string;
  detail: string;
}

/** Fields of an object there, those left out that it has. */
export function namesAt(schemas: readonly JsonSchema[], taken: readonly string[]): Completion[] {
  const names = new Map<string, string>();
  for (const schema of schemas) {
    for (const [name, field] of Object.entries(schema.properties ?? {})) {
      if (!taken.includes(name) && !names.get(name)) names.set(name, (field as JsonSchema).description ?? '');
    }
  }
  return [...names].map(([label, detail]) => ({ label, detail }));
}

/** Values that a field there is known to have. */
export function valuesAt(schemas: readonly JsonSchema[]): Completion[] {
  const values = new Set<string>();
  for (const schema of schemas) {
    for (const value of [...(schema.enum ?? []), ...(schema.const === undefined ? [] : [schema.const])])
      values.add(String(value));
    if (schema.type === 'boolean') for (const value of ['true', 'false']) values.add(value);
  }
  return [...values].map((label) => ({ label, detail: '' }));
}
