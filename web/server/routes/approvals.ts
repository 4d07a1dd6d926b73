import { z } from 'zod';
import { ApprovalItem, ApprovalState, Decision, Preview } from '../../../core/api/approvals.ts';
import { page } from '../../../core/api/objects.ts';
import { StoreKey } from '../../../core/store-key.ts';
import type { Router } from '../http/router.ts';
import type { Services } from '../services.ts';
import { PageQuery, RunParams } from './shapes.ts';

const Params = z.object({ approval: z.string().min(1).max(100) });
const States = z
  .string()
  .transform((text) => text.split(','))
  .pipe(z.array(ApprovalState));
const Flag = z.enum(['true', 'false']).transform((text) => text === 'true');

export function approvalRoutes({ route }: Router, { approvals }: Services): void {
  route({
    method: 'get',
    path: '/approvals',
    summary:
      'What waits, or waited, for somebody to decide, newest first; state may name several, mine is what waits for whoever asks',
    permission: 'runRead',
    query: PageQuery.extend({
      state: States.optional(),
      mine: Flag.optional(),
      run: RunParams.shape.run.optional(),
    }),
    answer: page(ApprovalItem),
    handle: ({ query: { state, ...query }, identity }) => approvals.list({ ...query, states: state }, identity),
  });

  route({
    method: 'get',
    path: '/approvals/{approval}',
    summary: 'One approval',
    permission: 'runRead',
    params: Params,
    answer: ApprovalItem,
    handle: ({ params, identity }) => approvals.item(params.approval, identity),
  });

  route({
    method: 'get',
    path: '/approvals/{approval}/files/{key}',
    summary: 'How a file that it shows begins, as text; the slashes of its key are percent-encoded',
    permission: 'fileRead',
    params: Params.extend({ key: StoreKey }),
    answer: Preview,
    handle: ({ params }) => approvals.preview(params.approval, params.key),
  });

  route({
    method: 'post',
    path: '/approvals/{approval}/decisions',
    summary: 'Approve or reject what has this digest; saying the same again changes nothing',
    permission: 'approvalDecide',
    params: Params,
    body: Decision,
    answer: ApprovalItem,
    status: 201,
    handle: ({ params, body, identity }) => approvals.decide(params.approval, identity, body),
  });
}
