import { Readable } from 'node:stream';
import { z } from 'zod';
import { StoredFiles } from '../../../core/api/objects.ts';
import { StoreKey } from '../../../core/store-key.ts';
import type { Router } from '../http/router.ts';
import type { Services } from '../services.ts';
import { RunParams } from './shapes.ts';

const most = 1000;

export function fileRoutes({ route }: Router, { runs, files }: Services): void {
  route({
    method: 'get',
    path: '/runs/{run}/files',
    summary: 'What the run has stored or taken over, by key; the cursor is the last key before, q a part of the key',
    permission: 'fileRead',
    params: RunParams,
    query: z.object({
      cursor: z.string().max(1024).optional(),
      limit: z.coerce.number().int().min(1).max(most).default(most),
      q: z.string().max(200).optional(),
      key: z.string().max(1024).optional(),
    }),
    answer: StoredFiles,
    handle: async ({ params, query: { cursor, limit, q, key } }) => {
      const { id } = await runs.find(params.run);
      const [found, totals] = await Promise.all([
        files.list(id, { after: cursor, limit: limit + 1, q, key }),
        files.totals(id),
      ]);
      const items = found.slice(0, limit);
      return { items, next: found.length > limit ? (items.at(-1)?.key ?? null) : null, ...totals };
    },
  });

  route({
    method: 'get',
    path: '/runs/{run}/files/{key}',
    summary: 'One of them; the slashes of its key are percent-encoded',
    permission: 'fileRead',
    params: RunParams.extend({ key: StoreKey }),
    media: 'application/octet-stream',
    handle: async ({ params }) => {
      const { id } = await runs.find(params.run);
      const { size, content } = await files.get(id, params.key);
      const name = params.key.slice(params.key.lastIndexOf('/') + 1);
      return new Response(Readable.toWeb(content) as ReadableStream, {
        headers: {
          // Whatever a Job wrote is never shown within our pages' origin.
          'content-type': 'application/octet-stream',
          'content-disposition': `attachment; filename="${name}"`,
          'content-length': String(size),
          'cache-control': 'no-store',
        },
      });
    },
  });
}
