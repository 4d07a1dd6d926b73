import { z } from 'zod';
import type { ActionManifest, EngineManifest } from '../contracts/plugin.ts';
import type { Catalogue } from './catalogue.ts';
import { type Kind, kinds, schemas } from './schema.ts';
import { ActionEntry, ActionSpec } from './schema-action.ts';
import { EngineSpec, InlineEngine } from './schema-engine.ts';

export type JsonSchema = z.core.JSONSchema.JSONSchema;

/** What an Action takes, for a form. */
export function actionFormSchema(manifest: ActionManifest): JsonSchema {
  return toJsonSchema(manifest.input);
}

/** The settings of an Engine, for a form. */
export function engineFormSchema(manifest: EngineManifest): JsonSchema {
  return toJsonSchema(manifest.settings);
}

/** JSON Schema (2020-12) of one document, for completion and checks in editors. */
export function languageJsonSchema(catalogue: Catalogue): JsonSchema {
  const actions = new Set<unknown>([ActionEntry, ActionSpec]);
  const engines = new Set<unknown>([InlineEngine, EngineSpec]);
  const shared: Record<string, JsonSchema> = {};
  const actionFields = actionProperties(catalogue, shared);
  const engineFields = engineProperties(catalogue, shared);
  const { $defs, properties } = toJsonSchema(z.object(schemas), ({ zodSchema, jsonSchema }) => {
    if (actions.has(zodSchema)) extend(jsonSchema, actionFields, libraryAction);
    if (engines.has(zodSchema)) extend(jsonSchema, engineFields, false);
    withoutUnexecuted(jsonSchema);
  });
  const documents = properties as Record<Kind, JsonSchema>;
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Palvella',
    oneOf: kinds.map((kind) => ({ $ref: `#/$defs/${kind}` })),
    $defs: { ...$defs, ...shared, ...documents },
  };
}

type Override = (context: { zodSchema: z.core.$ZodTypes; jsonSchema: JsonSchema }) => void;

function toJsonSchema(schema: z.ZodType, override: Override = () => {}): JsonSchema {
  // As it is written in a file: what has a default may be absent.
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', override }) as JsonSchema;
}

const libraryAction: JsonSchema = { type: 'object', description: 'Args of an Action of the library' };

function extend(schema: JsonSchema, more: Record<string, JsonSchema>, others: JsonSchema | false): void {
  schema.properties = { ...more, ...schema.properties };
  schema.additionalProperties = others;
}

/** Anything but code may be computed, or come from a Credential. */
const computed: JsonSchema[] = [
  { type: 'string', pattern: '\\$\\{\\{', description: 'Text with ${{ expression }}' },
  {
    type: 'object',
    properties: { from_credential: { type: 'string' }, property: { type: 'string' } },
    required: ['from_credential'],
    additionalProperties: false,
  },
];

function actionProperties(catalogue: Catalogue, shared: Record<string, JsonSchema>): Record<string, JsonSchema> {
  const all: Record<string, JsonSchema> = {};
  for (const manifest of catalogue.actions.values()) {
    const form = embedded(actionFormSchema(manifest), `action-${manifest.id}`, shared);
    const fields = computable(form, manifest.code ?? []);
    const { besides = [], short } = manifest;
    for (const name of besides) all[name] = fields[name] as JsonSchema;
    const required = (form.required ?? []).filter((name) => !besides.includes(name));
    const whole: JsonSchema = {
      type: 'object',
      properties: fields,
      required,
      ...(form.additionalProperties === undefined ? {} : { additionalProperties: form.additionalProperties }),
    };
    const description = manifest.description;
    all[manifest.id] =
      short === undefined ? { description, ...whole } : { description, anyOf: [fields[short] as JsonSchema, whole] };
  }
  return all;
}

function engineProperties(catalogue: Catalogue, shared: Record<string, JsonSchema>): Record<string, JsonSchema> {
  const all: Record<string, JsonSchema> = {};
  for (const manifest of catalogue.engines.values()) {
    Object.assign(all, computable(embedded(engineFormSchema(manifest), `engine-${manifest.id}`, shared), []));
  }
  return all;
}

/** A form as part of a larger schema: what its references name moves there, under a name of its own. */
function embedded(form: JsonSchema, owner: string, shared: Record<string, JsonSchema>): JsonSchema {
  const text = JSON.stringify(form).replaceAll('"#/$defs/', `"#/$defs/${owner}.`);
  const { $defs = {}, $schema: _, ...rest } = JSON.parse(text) as JsonSchema;
  for (const [name, schema] of Object.entries($defs)) shared[`${owner}.${name}`] = schema as JsonSchema;
  return rest;
}

function computable(form: JsonSchema, code: readonly string[]): Record<string, JsonSchema> {
  return Object.fromEntries(
    Object.entries(form.properties ?? {}).map(([name, field]) => {
      if (code.includes(name) || typeof field === 'boolean') return [name, field as JsonSchema];
      const { description } = field;
      return [name, { ...(description === undefined ? {} : { description }), anyOf: [field, ...computed] }];
    }),
  );
}

function withoutUnexecuted(schema: JsonSchema): void {
  for (const [name, field] of Object.entries(schema.properties ?? {})) {
    if (typeof field === 'object' && field['notExecutedYet'] === true) delete schema.properties?.[name];
  }
}
