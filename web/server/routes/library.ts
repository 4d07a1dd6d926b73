import { z } from 'zod';
import { UsedVersion } from '../../../core/api/definitions.ts';
import { DefinitionVersion, LibraryItem, UsedDefinition, VersionSummary } from '../../../core/api/library.ts';
import { DefinitionKind, page } from '../../../core/api/objects.ts';
import type { Router } from '../http/router.ts';
import type { Services } from '../services.ts';
import { Name, PageQuery, RunParams } from './shapes.ts';

const Params = z.object({ kind: DefinitionKind, name: Name });
/** As large as the database's. */
const VersionNumber = z.coerce.number().int().min(1).max(2_147_483_647);
const path = '/definitions/{kind}/{name}';
const kinds = ['Pipeline', 'Job', 'Action', 'Engine'] as const;

/** Items of a page of which one more was read, and where the next begins. */
function paged<Item>(found: readonly Item[], limit: number, cursorOf: (item: Item) => string) {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items, next: found.length > limit && last !== undefined ? cursorOf(last) : null };
}

const byName = ({ kind, name }: UsedDefinition) => `${kind}/${name}`;

export function libraryRoutes({ route }: Router, { definitions, runs }: Services): void {
  route({
    method: 'get',
    path: '/library',
    summary: 'What there is to call or to run on, with parameters and how many use it',
    permission: 'definitionRead',
    query: PageQuery.extend({
      kind: z.enum(kinds).optional().describe('All of them when absent'),
      q: z.string().max(200).optional().describe('Part of the name'),
      name: Name.optional().describe('Exactly this one'),
    }),
    answer: page(LibraryItem),
    handle: async ({ query: { kind, cursor, limit, ...filter } }) => {
      const wanted = kind === undefined ? kinds : [kind];
      const found = await definitions.library({ ...filter, kinds: wanted, after: cursor, limit: limit + 1 });
      return paged(found, limit, byName);
    },
  });

  route({
    method: 'get',
    path: `${path}/users`,
    summary: 'What names a definition directly, by kind and name',
    permission: 'definitionRead',
    params: Params,
    query: PageQuery,
    answer: page(UsedDefinition),
    handle: async ({ params, query: { cursor, limit } }) =>
      paged(await definitions.users(params, { after: cursor, limit: limit + 1 }), limit, byName),
  });

  route({
    method: 'get',
    path: `${path}/versions`,
    summary: 'Versions of a definition, newest first, without what they say',
    permission: 'definitionRead',
    params: Params,
    query: PageQuery.extend({ cursor: VersionNumber.optional() }),
    answer: page(VersionSummary),
    handle: async ({ params: { kind, name }, query: { cursor, limit } }) => {
      const found = await definitions.versions(kind, name, { before: cursor, limit: limit + 1 });
      return paged(found, limit, ({ version }) => String(version));
    },
  });

  route({
    method: 'get',
    path: `${path}/versions/{version}`,
    summary: 'One version of a definition',
    permission: 'definitionRead',
    params: Params.extend({ version: VersionNumber }),
    answer: DefinitionVersion,
    handle: ({ params: { kind, name, version } }) => definitions.version(kind, name, version),
  });

  route({
    method: 'get',
    path: '/definitions/export',
    summary: 'Everything that is saved as one YAML file, comments included',
    permission: 'definitionRead',
    media: 'application/yaml',
    handle: async () =>
      new Response(await definitions.exportAll(), {
        headers: {
          'content-type': 'application/yaml; charset=utf-8',
          'content-disposition': 'attachment; filename="palvella.yaml"',
          'cache-control': 'no-store',
        },
      }),
  });

  route({
    method: 'get',
    path: '/runs/{run}/uses',
    summary: 'Which versions of the library a run executes, beside its own',
    permission: 'runRead',
    params: RunParams,
    answer: page(UsedVersion),
    handle: async ({ params }) => ({ items: await runs.uses(params.run), next: null }),
  });
}
