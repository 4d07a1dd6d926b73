import { isObject } from '../../../../core/is-object.ts';
import type { Json } from '../../../../core/json.ts';
import type { JsonSchema } from '../../../../core/language/json-schema.ts';

/** The input that fits a field. What no input fits is written as YAML. */
export type FieldKind =
  | { kind: 'text'; isLong: boolean }
  | { kind: 'number' }
  | { kind: 'boolean' }
  | { kind: 'choice'; options: readonly Json[] }
  | { kind: 'texts'; options: readonly string[] | undefined }
  | { kind: 'numbers' }
  /** Any names, with values of one kind. */
  | { kind: 'map'; values: JsonSchema }
  | { kind: 'object'; schema: JsonSchema }
  | { kind: 'items'; schema: JsonSchema }
  | { kind: 'yaml' };

/** Longer texts than this are written in several lines. */
const longText = 8_000;

/** Schemas may hold themselves. */
const deepest = 4;

export function fieldKind(field: JsonSchema, root: JsonSchema, depth = 0): FieldKind {
  if (depth > deepest) return { kind: 'yaml' };
  const schema = plainSchema(field, root);
  if (schema.enum !== undefined) return { kind: 'choice', options: schema.enum as Json[] };
  if (schema.const !== undefined) return { kind: 'choice', options: [schema.const as Json] };
  const branches = schema.anyOf ?? schema.oneOf;
  if (branches !== undefined) {
    if (branches.length !== 2) return { kind: 'yaml' };
    const kinds = branches.map((branch) => fieldKind(branch as JsonSchema, root, depth + 1));
    const names = new Set(kinds.map(({ kind }) => kind));
    // One, or a list of such.
    if (names.size === 2 && names.has('text') && names.has('texts')) return { kind: 'texts', options: undefined };
    return { kind: 'yaml' };
  }
  switch (schema.type) {
    case 'string':
      return { kind: 'text', isLong: (schema.maxLength ?? 0) > longText };
    case 'number':
    case 'integer':
      return { kind: 'number' };
    case 'boolean':
      return { kind: 'boolean' };
    case 'array':
      return listKind(schema, root, depth);
    case 'object':
      return objectKind(schema);
    default:
      return { kind: 'yaml' };
  }
}

function listKind(schema: JsonSchema, root: JsonSchema, depth: number): FieldKind {
  const items = plainSchema((schema.items ?? {}) as JsonSchema, root);
  const kind = fieldKind(items, root, depth + 1);
  if (kind.kind === 'text') return { kind: 'texts', options: undefined };
  if (kind.kind === 'choice' && kind.options.every((option) => typeof option === 'string')) {
    return { kind: 'texts', options: kind.options };
  }
  if (kind.kind === 'number') return { kind: 'numbers' };
  return kind.kind === 'object' ? { kind: 'items', schema: kind.schema } : { kind: 'yaml' };
}

function objectKind(schema: JsonSchema): FieldKind {
  const others = schema.additionalProperties;
  if (Object.keys(schema.properties ?? {}).length > 0) return { kind: 'object', schema };
  return { kind: 'map', values: typeof others === 'object' ? (others as JsonSchema) : {} };
}

/** With its reference followed, and without the branches that say that it may be computed. */
export function plainSchema(field: JsonSchema, root: JsonSchema): JsonSchema {
  if (field.$ref !== undefined) {
    const target = root.$defs?.[field.$ref.replace('#/$defs/', '')];
    const { $ref: _, ...own } = field;
    return target === undefined ? own : plainSchema({ ...(target as JsonSchema), ...own }, root);
  }
  const branches = field.anyOf?.filter((branch) => !isComputed(branch as JsonSchema));
  if (branches === undefined || branches.length === field.anyOf?.length) return field;
  const { anyOf: _, ...own } = field;
  const [only] = branches;
  return branches.length === 1 && only !== undefined
    ? plainSchema({ ...(only as JsonSchema), ...own }, root)
    : { ...own, anyOf: branches };
}

function isComputed(branch: JsonSchema): boolean {
  return branch.pattern === '\\$\\{\\{' || branch.properties?.['from_credential'] !== undefined;
}

/** Whether the value is one that the field's own input can show; else it is shown as what it is. */
export function fits(kind: FieldKind, value: Json | undefined): boolean {
  if (value === undefined || value === null) return kind.kind !== 'yaml' || value === undefined;
  switch (kind.kind) {
    case 'text':
      return typeof value !== 'object';
    case 'number':
      return typeof value === 'number';
    case 'boolean':
      return typeof value === 'boolean';
    case 'choice':
      return kind.options.includes(value);
    case 'texts':
      return typeof value === 'string' ? !value.includes('${{') : isListOf(value, 'string');
    case 'numbers':
      return isListOf(value, 'number');
    case 'map':
    case 'object':
      return isObject(value) && !isCredential(value);
    case 'items':
      return Array.isArray(value) && value.every((item) => isObject(item));
    case 'yaml':
      return true;
  }
}

export function isCredential(value: Json | undefined): value is { from_credential: Json; property?: Json } {
  return isObject(value) && Object.hasOwn(value, 'from_credential');
}

export function isExpression(value: Json | undefined): value is string {
  return typeof value === 'string' && value.includes('${{');
}

function isListOf(value: Json, type: 'string' | 'number'): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === type);
}
