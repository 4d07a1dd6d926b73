'use client';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { CatalogueAction } from '../../../core/api/catalogue.ts';
import type { JsonObject } from '../../../core/json.ts';
import type { JsonSchema } from '../../../core/language/json-schema.ts';
import { libraryQuery } from './editor-api.ts';
import { plainSchema } from './form/field-kind.ts';
import { libraryAction } from './pick/offers.ts';
import { useEditor } from './use-editor.ts';

/** Actions of the catalogue and of the library, by the field that tells them. */
export function useActions() {
  const { actions } = useEditor();
  const read = useQuery(libraryQuery('Action'));
  const library = read.data;
  const found = useMemo(() => {
    const all = new Map<string, CatalogueAction>(actions.map((action) => [action.id, action]));
    for (const saved of library ?? []) if (!all.has(saved.name)) all.set(saved.name, libraryAction(saved));
    return { library: library ?? [], known: (type: string) => all.get(type) };
  }, [actions, library]);
  return { ...found, read };
}

/** The fields that documents, Jobs and Actions have, by the language's schema. */
export function useSchemas(): { root: JsonSchema; document: JsonSchema; job: JsonSchema; action: JsonSchema } {
  const { schema: root, kind, actions } = useEditor();
  return useMemo(() => {
    const document = plainSchema((root.$defs?.[kind] ?? {}) as JsonSchema, root);
    const pipeline = plainSchema((root.$defs?.['Pipeline'] ?? {}) as JsonSchema, root);
    const job = itemOf(pipeline, 'jobs', root);
    const types = new Set(actions.flatMap(({ id, besides }) => [id, ...besides]));
    const { properties = {}, ...action } = itemOf(job, 'actions', root);
    const common = Object.fromEntries(Object.entries(properties).filter(([name]) => !types.has(name)));
    return {
      root,
      document,
      job,
      action: { ...action, properties: common, additionalProperties: false } as JsonSchema,
    };
  }, [root, kind, actions]);
}

function itemOf(schema: JsonSchema, field: string, root: JsonSchema): JsonSchema {
  const list = plainSchema((schema.properties?.[field] ?? {}) as JsonSchema, root);
  return plainSchema((list.items ?? {}) as JsonSchema, root);
}

/** Names of fields that belong to every Action. */
export function commonOf(action: JsonSchema): ReadonlySet<string> {
  return new Set([...Object.keys(action.properties ?? {}), 'kind', 'params']);
}

export function textField(object: JsonObject, name: string): string {
  const value = object[name];
  return typeof value === 'string' ? value : '';
}
