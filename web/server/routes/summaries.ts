import { z } from 'zod';
import { page } from '../../../core/api/objects.ts';
import { Summary, SummaryItem } from '../../../core/api/summaries.ts';
import type { Router } from '../http/router.ts';
import type { Services } from '../services.ts';
import { JobPath, Name, RunParams } from './shapes.ts';

export function summaryRoutes({ route }: Router, { runs, summaries }: Services): void {
  route({
    method: 'get',
    path: '/runs/{run}/summaries',
    summary: 'Which Actions of a run wrote a summary, in the order of its plan',
    permission: 'logRead',
    params: RunParams,
    answer: page(SummaryItem),
    handle: async ({ params }) => ({ items: await summaries.list((await runs.find(params.run)).id), next: null }),
  });

  route({
    method: 'get',
    path: '/runs/{run}/summary',
    summary: 'The Markdown that an Action wrote',
    permission: 'logRead',
    params: RunParams,
    query: z.object({ job: JobPath, action: Name }),
    answer: Summary,
    handle: async ({ params, query }) => ({ text: await summaries.get((await runs.find(params.run)).id, query) }),
  });
}
