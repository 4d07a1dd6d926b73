import { z } from 'zod';
import { ApprovalItem, page } from '../../../core/api/objects.ts';
import type { Router } from '../http/router.ts';
import type { Services } from '../services.ts';
import { PageQuery, RunParams } from './shapes.ts';

const Params = z.object({ approval: z.string().min(1).max(100) });
const State = ApprovalItem.shape.state;

export function approvalRoutes({ route }: Router, { approvals }: Services): void {
  route({
    method: 'get',
    path: '/approvals',
    summary: 'What waits, or waited, for somebody to decide, newest first',
    permission: 'runRead',
    query: PageQuery.extend({ state: State.optional(), run: RunParams.shape.run.optional() }),
    answer: page(ApprovalItem),
    handle: ({ query }) => approvals.list(query),
  });

  route({
    method: 'get',
    path: '/approvals/{approval}',
    summary: 'One approval',
    permission: 'runRead',
    params: Params,
    answer: ApprovalItem,
    handle: ({ params }) => approvals.item(params.approval),
  });

  route({
    method: 'post',
    path: '/approvals/{approval}/decisions',
    summary: 'Approve or reject; saying the same again changes nothing',
    permission: 'approvalDecide',
    params: Params,
    body: z.object({ verdict: z.enum(['approve', 'reject']), comment: z.string().max(2000).optional() }),
    answer: ApprovalItem,
    status: 201,
    handle: ({ params, body, identity }) => approvals.decide(params.approval, identity, body),
  });
}
