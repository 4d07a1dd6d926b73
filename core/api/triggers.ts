import { z } from 'zod';
import { JsonObject } from '../json.ts';
import { RunSummary } from './objects.ts';

/** What whoever sends to a Trigger is answered. */
export const DeliveryReceipt = z.object({
  /** Id of the delivery. */
  delivery: z.string(),
  /** True where it was there already, so that nothing happens again. */
  duplicate: z.boolean(),
});
export type DeliveryReceipt = z.infer<typeof DeliveryReceipt>;

const deliveryStates = ['pending', 'recorded', 'dropped'] as const;

export const Delivery = z.object({
  id: z.string(),
  trigger: z.string(),
  /** `github`, `rest`, `after`, … */
  source: z.string(),
  event: z.string(),
  /** `trigger.*`, but for name, source, event, delivery and payload. */
  facts: JsonObject,
  sentBy: z.string(),
  /** Id of the delivery that was sent again. */
  resendOf: z.string().nullable(),
  state: z.enum(deliveryStates),
  /** The decision in words. */
  reason: z.string().nullable(),
  receivedAt: z.iso.datetime(),
  decidedAt: z.iso.datetime().nullable(),
  /** In the order of the Trigger's `runs`; `reason`: why there is no run. */
  runs: z.array(z.object({ pipeline: z.string(), run: RunSummary.nullable(), reason: z.string().nullable() })),
});
export type Delivery = z.infer<typeof Delivery>;

export const DeliveryDetail = Delivery.extend({
  headers: z.record(z.string(), z.string()),
  /** JSON as it was sent, at most 5 MiB. */
  payload: z.string(),
});
export type DeliveryDetail = z.infer<typeof DeliveryDetail>;
