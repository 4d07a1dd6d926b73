import { z } from 'zod';
import { page } from '../../../core/api/objects.ts';
import { FailingPipeline, Stats, StatsNow, StatsOrder, StatsRange } from '../../../core/api/stats.ts';
import type { Router } from '../http/router.ts';
import type { Services } from '../services.ts';
import { Name, PageQuery } from './shapes.ts';

const Zone = z
  .string()
  .max(100)
  .regex(/^[A-Za-z][\w+/-]*$/, 'a time zone, as Europe/Helsinki')
  .refine(isZone, 'no time zone has this name');

export function statsRoutes({ route }: Router, { stats }: Services): void {
  route({
    method: 'get',
    path: '/stats',
    summary: 'Runs, how many broke, how long they queued and took: in all, over time and by Pipeline',
    permission: 'runRead',
    query: z.object({
      range: StatsRange.default('7d'),
      order: StatsOrder.default('runs'),
      pipeline: Name.optional(),
      zone: Zone.default('UTC'),
    }),
    answer: Stats,
    handle: ({ query }) => stats.stats(query),
  });

  route({
    method: 'get',
    path: '/stats/now',
    summary: 'How many runs are open, how many approvals pending, how many Pipelines failing',
    permission: 'runRead',
    answer: StatsNow,
    handle: () => stats.now(),
  });

  route({
    method: 'get',
    path: '/stats/failing',
    summary: 'Pipelines whose newest run that has ended broke, the latest first',
    permission: 'runRead',
    query: PageQuery,
    answer: page(FailingPipeline),
    handle: ({ query }) => stats.failing(query),
  });
}

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
