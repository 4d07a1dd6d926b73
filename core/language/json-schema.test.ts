import { describe, expect, test } from 'vitest';
import { builtInCatalogue } from './catalogue.ts';
import { actionFormSchema, engineFormSchema, languageJsonSchema } from './json-schema.ts';
import { kinds } from './schema.ts';

describe('the JSON Schema of the language', () => {
  const schema = languageJsonSchema(builtInCatalogue);
  const text = JSON.stringify(schema);

  test('refers only to what is in it', () => {
    const names = [...text.matchAll(/"#\/\$defs\/([^"]+)"/g)].map(([, name]) => name as string);
    expect(names.length).toBeGreaterThan(kinds.length);
    expect(names.filter((name) => schema.$defs?.[name] === undefined)).toEqual([]);
  });

  test('knows every Action and every kind, and offers nothing that is not executed yet', () => {
    const { properties } = schema.$defs?.['Action'] ?? {};
    for (const id of builtInCatalogue.actions.keys()) expect(properties).toHaveProperty(id);
    for (const kind of kinds) expect(schema.$defs).toHaveProperty(kind);
    expect(text).not.toMatch(/"reconcile"|"authorized"|notExecutedYet/);
  });

  test('knows what sets an Engine up, in the library and in line', () => {
    const hook = { type: 'object', required: ['job'], additionalProperties: false };
    for (const field of ['setup', 'teardown']) {
      expect(schema.$defs?.['Engine']).toMatchObject({ properties: { [field]: hook } });
    }
    expect(text.split('"What sets it up, before').length).toBe(text.split('"What cleans up after it').length);
  });

  test('lets a value be computed, but never code', () => {
    const { properties } = schema.$defs?.['Action'] ?? {};
    expect(JSON.stringify(properties?.['environ'])).toContain('from_credential');
    expect(JSON.stringify(properties?.['shell'])).not.toContain('from_credential');
  });
});

describe('the form of every Action and Engine', () => {
  test.each([...builtInCatalogue.actions.values()])('$id has a description in each field', (manifest) => {
    const form = actionFormSchema(manifest);
    expect(form.type).toBe('object');
    for (const field of Object.values(form.properties ?? {})) expect(field).toHaveProperty('description');
  });

  test('of an Engine has its settings', () => {
    const local = builtInCatalogue.engines.get('local');
    expect(Object.keys((local && engineFormSchema(local).properties) ?? {})).toEqual(['shell', 'environ']);
  });
});
