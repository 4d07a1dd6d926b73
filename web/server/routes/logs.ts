import { Readable } from 'node:stream';
import { z } from 'zod';
import { LogPage } from '../../../core/api/objects.ts';
import type { Router } from '../http/router.ts';
import type { Services } from '../services.ts';
import { JobPath, Name, RunParams } from './shapes.ts';

const mostLines = 5000;

export function logRoutes({ route }: Router, { runs, logs }: Services): void {
  route({
    method: 'get',
    path: '/runs/{run}/log',
    summary: "Lines of the log of an Action's newest try; a page may be short where its lines are long",
    permission: 'logRead',
    params: RunParams,
    query: z.object({
      job: JobPath,
      action: Name,
      from: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).default(1),
      limit: z.coerce.number().int().min(1).max(mostLines).default(500),
    }),
    answer: LogPage,
    handle: async ({ params, query: { job, action, ...range } }) => {
      const { id } = await runs.find(params.run);
      const { lines, total, closed } = await logs.pageOf({ runId: id, job, action }, range);
      return { lines, total, closed };
    },
  });

  route({
    method: 'get',
    path: '/runs/{run}/log.txt',
    summary: 'What was printed, as plain text: by one Action, one Job, or the whole run in the order of its plan',
    permission: 'logRead',
    params: RunParams,
    query: z.object({ job: JobPath.optional(), action: Name.optional() }),
    media: 'text/plain',
    handle: async ({ params, query: { job, action } }) => {
      const { id, pipeline, number } = await runs.find(params.run);
      const of =
        job !== undefined && action !== undefined
          ? [{ runId: id, job, action }]
          : await logs.all({ runId: id, job, action });
      const name = [pipeline, number, job, action].filter((part) => part !== undefined).join('-');
      return new Response(Readable.toWeb(Readable.from(logs.text(of), { objectMode: false })) as ReadableStream, {
        headers: {
          'content-type': 'text/plain; charset=utf-8',
          'content-disposition': `inline; filename="${name.replaceAll(/[^\w.[\]-]/g, '-')}.txt"`,
          'cache-control': 'no-store',
        },
      });
    },
  });
}
