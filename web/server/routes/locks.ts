import { z } from 'zod';
import { HoldInfo } from '../../../core/api/holds.ts';
import { page } from '../../../core/api/objects.ts';
import { PalvellaError } from '../../../core/errors.ts';
import type { Router } from '../http/router.ts';
import type { Services } from '../services.ts';
import { Name } from './shapes.ts';

export function lockRoutes({ route }: Router, { holds, holdLines }: Services): void {
  route({
    method: 'get',
    path: '/locks',
    summary: 'Locks and groups that somebody has or waits for: who has each since when, and who is next',
    permission: 'runRead',
    answer: page(HoldInfo),
    handle: async () => ({ items: await holdLines.list(), next: null }),
  });

  route({
    method: 'post',
    path: '/locks/{name}/release',
    summary: 'Takes a lock from whoever has it, who goes on without, and gives it to the next',
    permission: 'lockRelease',
    params: z.object({ name: Name }),
    handle: async ({ params }) => {
      if (await holds.releaseByForce(params.name)) return;
      throw new PalvellaError('not_found', `Nobody has the lock ${params.name}.`, {
        remedy: 'palvella locks lists those that somebody has.',
      });
    },
  });
}
