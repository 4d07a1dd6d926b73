import { z } from 'zod';
import { page, WorkerInfo } from '../../../core/api/objects.ts';
import type { Router } from '../http/router.ts';
import type { Services } from '../services.ts';
import { Name } from './shapes.ts';

export function workerRoutes({ route }: Router, { workers }: Services): void {
  route({
    method: 'get',
    path: '/workers',
    summary: 'Workers that have come, what each has and could run; lost after 30 seconds without a word',
    permission: 'workerRead',
    answer: page(WorkerInfo),
    handle: async () => ({ items: await workers.list(), next: null }),
  });

  for (const [word, draining, summary] of [
    ['drain', true, 'A Worker finishes what it has and takes no new Job'],
    ['resume', false, 'A Worker takes new Jobs again'],
  ] as const) {
    route({
      method: 'post',
      path: `/workers/{id}/${word}`,
      summary,
      permission: 'workerWrite',
      params: z.object({ id: Name }),
      handle: ({ params }) => workers.drain(params.id, draining),
    });
  }
}
