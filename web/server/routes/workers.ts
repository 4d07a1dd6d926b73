import { page, WorkerInfo } from '../../../core/api/objects.ts';
import type { Router } from '../http/router.ts';
import type { Services } from '../services.ts';

export function workerRoutes({ route }: Router, { workers }: Services): void {
  route({
    method: 'get',
    path: '/workers',
    summary: 'Workers that have come; lost after 30 seconds without a word',
    permission: 'workerRead',
    answer: page(WorkerInfo),
    handle: async () => ({ items: await workers.list(), next: null }),
  });
}
