import { z } from 'zod';
import { type SearchKind as Kind, SearchKind, SearchResult, searchKinds } from '../../../core/api/search.ts';
import { allowed, type PermissionMethod } from '../../../core/permissions.ts';
import type { Router } from '../http/router.ts';
import type { Services } from '../services.ts';

/** What one must be allowed to find of each kind. */
const rights: Record<Kind, PermissionMethod> = {
  Pipeline: 'definitionRead',
  Job: 'definitionRead',
  Action: 'definitionRead',
  Engine: 'definitionRead',
  Trigger: 'definitionRead',
  schedule: 'definitionRead',
  run: 'runRead',
  approval: 'runRead',
  delivery: 'runRead',
  worker: 'workerRead',
  file: 'fileRead',
};
const Text = z
  .string()
  .max(200)
  .refine((text) => !text.includes('\0'), 'no name holds NUL');
const Kinds = z
  .string()
  .transform((text) => text.split(','))
  .pipe(z.array(SearchKind));

export function searchRoutes({ route }: Router, { search }: Services): void {
  route({
    method: 'get',
    path: '/search',
    summary: 'What is called like q: at most six of each kind, or of the kinds that are named, with commas between',
    permission: 'definitionRead',
    query: z.object({ q: Text, kinds: Kinds.optional() }),
    answer: SearchResult,
    handle: async ({ query: { q, kinds }, identity }) => ({
      hits: await search(
        q,
        searchKinds.filter((kind) => (kinds === undefined || kinds.includes(kind)) && allowed(identity, rights[kind])),
      ),
    }),
  });
}
