import { z } from 'zod';
import { DeliveryReceipt } from '../../../core/api/triggers.ts';
import { largestPayload } from '../../../platform/triggers/index.ts';
import { readBody } from '../http/body.ts';
import type { Router } from '../http/router.ts';
import type { Services } from '../services.ts';
import { Name } from './shapes.ts';

export function hookRoutes({ route }: Router, { hooks }: Services): void {
  route({
    method: 'post',
    path: '/hooks/{trigger}',
    summary: 'Where GitHub, GitLab, Gitea and any other sender that signs deliver to a Trigger; at most 5 MiB of JSON',
    // Whoever sends has no account: each delivery is signed with the secret of its Trigger.
    permission: 'public',
    params: z.object({ trigger: Name }),
    answer: DeliveryReceipt,
    status: 202,
    handle: async ({ params, context }) => {
      const hook = await hooks.find(params.trigger);
      const body = await readBody(context.req.raw, largestPayload);
      const headers = new Map(Object.entries(context.req.header()));
      const { id, isNew, greeting } = await hook.receive({ headers, body });
      const receipt: DeliveryReceipt = { delivery: id, duplicate: !isNew };
      return context.json(receipt, greeting ? 200 : 202, { 'cache-control': 'no-store' });
    },
  });
}
