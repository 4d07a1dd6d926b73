import { z } from 'zod';
import { Removed, Renamed } from '../../../core/api/definitions.ts';
import { ApplyResult, Definition, DefinitionKind, Problem, page } from '../../../core/api/objects.ts';
import { Json } from '../../../core/json.ts';
import { Name as NewName } from '../../../core/language/fields.ts';
import type { Router } from '../http/router.ts';
import type { Services } from '../services.ts';
import { Files, Name, PageQuery } from './shapes.ts';

/** What the author read, so that nobody else's change is overwritten; null: there is none yet. */
const Expected = z
  .array(z.object({ kind: DefinitionKind, name: Name, version: z.number().int().min(1).nullable() }))
  .max(1000);
const Params = z.object({ kind: DefinitionKind, name: Name });
const PropertyParams = Params.extend({ property: z.string().min(1).max(1000) });
const path = '/definitions/{kind}/{name}';

export function definitionRoutes({ route }: Router, { definitions }: Services): void {
  route({
    method: 'post',
    path: '/apply',
    tag: 'definitions',
    summary: 'Save what files define: all of it, or nothing where anything is wrong',
    permission: 'definitionWrite',
    body: z.object({ files: Files, note: z.string().max(2000).default(''), expect: Expected.optional() }),
    answer: ApplyResult,
    handle: ({ body, identity }) => definitions.apply({ ...body, author: identity.name }),
  });

  route({
    method: 'post',
    path: '/validate',
    tag: 'definitions',
    summary: 'The check that comes before saving, and nothing saved',
    permission: 'definitionRead',
    body: z.object({ files: Files }),
    answer: z.object({ problems: z.array(Problem) }),
    handle: async ({ body }) => ({ problems: await definitions.validate(body.files) }),
  });

  route({
    method: 'get',
    path: '/definitions',
    summary: 'What is saved, by kind and name',
    permission: 'definitionRead',
    query: PageQuery.extend({ kind: DefinitionKind.optional(), q: z.string().max(200).optional() }),
    answer: page(Definition),
    handle: async ({ query: { cursor, limit, ...filter } }) => {
      const found = await definitions.list({ ...filter, after: cursor, limit: limit + 1 });
      const items = found.slice(0, limit);
      const last = items.at(-1);
      return { items, next: found.length > limit && last !== undefined ? `${last.kind}/${last.name}` : null };
    },
  });

  route({
    method: 'get',
    path,
    summary: 'The newest version of a definition',
    permission: 'definitionRead',
    params: Params,
    answer: Definition,
    handle: ({ params }) => definitions.get(params.kind, params.name),
  });

  route({
    method: 'delete',
    path,
    summary: 'Remove a definition that nothing else uses, and Triggers that start nothing else; its runs stay',
    permission: 'definitionWrite',
    params: Params,
    answer: Removed,
    handle: ({ params }) => definitions.remove(params.kind, params.name),
  });

  route({
    method: 'post',
    path: `${path}/rename`,
    summary:
      'Rename a Pipeline, Job, Action or Engine, and with it what names it; its runs keep the name that they had',
    permission: 'definitionWrite',
    params: Params,
    body: z.object({
      to: NewName.describe('What it is called from now on'),
      version: z
        .number()
        .int()
        .min(1)
        .optional()
        .describe('The version that was read: with another there it is refused'),
    }),
    answer: Renamed,
    handle: ({ params, body, identity }) => definitions.rename({ ...params, ...body, author: identity.name }),
  });

  route({
    method: 'get',
    path: `${path}/properties/{property}`,
    summary: 'One property, named as parameters.0.default',
    permission: 'definitionRead',
    params: PropertyParams,
    answer: z.object({ value: Json }),
    handle: async ({ params: { kind, name, property } }) => ({
      value: await definitions.getProperty(kind, name, property),
    }),
  });

  route({
    method: 'put',
    path: `${path}/properties/{property}`,
    summary: 'Change one property in a new version; comments stay',
    permission: 'definitionWrite',
    params: PropertyParams,
    body: z.object({ value: Json }),
    answer: Definition,
    handle: ({ params: { kind, name, property }, body, identity }) =>
      definitions.setProperty(kind, name, { property, value: body.value, author: identity.name }),
  });
}
