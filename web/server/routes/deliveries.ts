import { z } from 'zod';
import { page } from '../../../core/api/objects.ts';
import { Delivery, DeliveryDetail, DeliveryReceipt } from '../../../core/api/triggers.ts';
import { triggerSourceNames } from '../../../core/language/schema-trigger.ts';
import { largestPayload, payloadOf, type Received } from '../../../platform/triggers/index.ts';
import { readBody } from '../http/body.ts';
import type { Router } from '../http/router.ts';
import type { Services } from '../services.ts';
import { idempotencyKey } from './pipelines.ts';
import { Name, PageQuery } from './shapes.ts';

const Params = z.object({ delivery: z.string().min(1).max(100) });
const Sources = z
  .string()
  .transform((text) => text.split(','))
  .pipe(z.array(z.enum(triggerSourceNames)));
const receipt = ({ id, isNew }: Received): DeliveryReceipt => ({ delivery: id, duplicate: !isNew });

export function deliveryRoutes({ route }: Router, { calls, deliveries }: Services): void {
  route({
    method: 'post',
    path: '/triggers/{name}',
    summary: 'Call a Trigger that takes rest or manual; the body is its payload, at most 5 MiB of JSON',
    permission: 'executorRun',
    params: z.object({ name: Name }),
    answer: DeliveryReceipt,
    status: 202,
    handle: async ({ params, identity, context }) => {
      const headers = new Map(Object.entries(context.req.header()));
      const body = await readBody(context.req.raw, largestPayload);
      return receipt(
        await calls.call(params.name, {
          payload: payloadOf({ headers, body }).text,
          by: identity.name,
          idempotencyKey: idempotencyKey(context.req.header('idempotency-key')),
        }),
      );
    },
  });

  route({
    method: 'get',
    path: '/deliveries',
    summary:
      'What Triggers were sent and what became of it, newest first; source may name several, with commas between',
    permission: 'runRead',
    query: PageQuery.extend({
      trigger: Name.optional(),
      state: Delivery.shape.state.optional(),
      source: Sources.optional(),
    }),
    answer: page(Delivery),
    handle: ({ query: { source, ...query } }) => deliveries.list({ ...query, sources: source }),
  });

  route({
    method: 'get',
    path: '/deliveries/{delivery}',
    summary: 'One delivery with its payload',
    permission: 'runRead',
    params: Params,
    answer: DeliveryDetail,
    handle: ({ params }) => deliveries.get(params.delivery),
  });

  route({
    method: 'post',
    path: '/deliveries/{delivery}/resend',
    summary: 'Send a delivery again, as a new one that is decided anew',
    permission: 'executorRun',
    params: Params,
    answer: DeliveryReceipt,
    status: 202,
    handle: async ({ params, identity, context }) =>
      receipt(
        await calls.resend(params.delivery, {
          by: identity.name,
          idempotencyKey: idempotencyKey(context.req.header('idempotency-key')),
        }),
      ),
  });
}
