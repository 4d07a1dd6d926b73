'use client';
import { queryOptions, useQuery } from '@tanstack/react-query';
import type { CatalogueAnswer } from '../../../core/api/catalogue.ts';
import { everyPage } from '../../../core/api/every-page.ts';
import type { LibraryItem } from '../../../core/api/library.ts';
import type { ApplyResult, Definition, DefinitionKind, RunSummary } from '../../../core/api/objects.ts';
import type { Problem } from '../../../core/errors.ts';
import type { JsonObject } from '../../../core/json.ts';
import type { JsonSchema } from '../../../core/language/json-schema.ts';
import { apiPath, call, type Page, type Signal } from '../api/client.ts';

/** What the newest version must be for a text to be saved; null: none. */
export interface Expected {
  kind: DefinitionKind;
  name: string;
  version: number | null;
}

/** What a try makes up, outputs and statuses by the paths of the Jobs before it. */
export interface Samples {
  parameters: JsonObject;
  trigger: JsonObject;
  outputs: JsonObject;
  statuses: Record<string, 'succeeded' | 'failed' | 'skipped'>;
}

export const editorApi = {
  validate: (content: string, signal: Signal) =>
    call<{ problems: Problem[] }>('POST', apiPath(['validate']), {
      body: { files: [{ name: fileName, content }] },
      signal,
    }),
  apply: (content: string, note: string, expect: Expected) =>
    call<ApplyResult>('POST', apiPath(['apply']), {
      body: { files: [{ name: fileName, content }], note, expect: [expect] },
    }),
  try: ({ content, ...given }: { content: string; job?: string } & Samples) =>
    call<RunSummary>('POST', apiPath(['try']), { body: { files: [{ name: fileName, content }], ...given } }),
};

/** Shown before each problem by those who have several files. */
const fileName = 'editor';

export function useCatalogue() {
  return useQuery({
    queryKey: ['catalogue'],
    queryFn: ({ signal }) => call<CatalogueAnswer>('GET', apiPath(['catalogue']), { signal }),
    staleTime: 300_000,
  });
}

export function useLanguageSchema() {
  return useQuery({
    queryKey: ['schema.json'],
    queryFn: ({ signal }) => call<JsonSchema>('GET', apiPath(['schema.json']), { signal }),
    staleTime: 300_000,
  });
}

/** All of a kind that can be called or run on, by name. */
export function libraryQuery(kind: 'Pipeline' | 'Job' | 'Action' | 'Engine') {
  return queryOptions({
    queryKey: ['library', kind],
    queryFn: ({ signal }) =>
      everyPage((cursor) =>
        call<Page<LibraryItem>>('GET', apiPath(['library'], { kind, cursor, limit: 200 }), { signal }),
      ),
    staleTime: 30_000,
  });
}

export const credentialsQuery = queryOptions({
  queryKey: ['library', 'Credential'],
  queryFn: ({ signal }) =>
    everyPage((cursor) =>
      call<Page<Definition>>('GET', apiPath(['definitions'], { kind: 'Credential', cursor, limit: 200 }), { signal }),
    ),
  staleTime: 30_000,
});
