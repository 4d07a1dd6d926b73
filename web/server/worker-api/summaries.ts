import { PutSummary } from '../../../core/api/worker.ts';
import type { Router } from '../http/router.ts';
import type { Services } from '../services.ts';
import type { Grants } from './grant.ts';
import { ActionName } from './shapes.ts';

export function summaryRoutes({ route }: Router, { summaries }: Services, grants: Grants): void {
  route({
    method: 'put',
    path: '/worker/summaries',
    summary: 'Keep the summary that an Action of the Job wrote',
    permission: 'workerServe',
    body: PutSummary.extend({ action: ActionName }),
    handle: async ({ body, ...call }) => {
      const { runId, jobPath } = await grants.openJob(call);
      await summaries.put({ runId, jobPath, ...body });
    },
  });
}
