import type { JsonObject } from '../../../core/json.ts';
import { printDocument } from '../../../core/language/print.ts';
import { forkCondition } from './forks.ts';
import { type NewWebhook, type OtherListens, secretName } from './new-webhook.ts';

/** Both documents as YAML, as a person would write them. */
export function webhookFile(webhook: NewWebhook): string {
  const { kind, name, forge, pipeline, args } = webhook;
  const condition = kind === 'webhook' || forge.fromForks ? undefined : forkCondition(kind, forge.events);
  const credential = {
    kind: 'Credential',
    name: secretName(name),
    type: 'Text',
    data: { text: { generated: true } },
  };
  const trigger = {
    kind: 'Trigger',
    name,
    [kind]: { secret: { from_credential: secretName(name) }, ...listensOf(webhook) },
    ...(condition === undefined ? {} : { if: condition }),
    ...(pipeline === '' ? {} : { runs: [{ pipeline, ...(Object.keys(args).length === 0 ? {} : { args }) }] }),
  };
  return [credential, trigger].map(printDocument).join('---\n');
}

function listensOf({ kind, forge, other }: NewWebhook): JsonObject {
  if (kind === 'webhook') return otherFields(other);
  const { events, branches, tags, paths } = forge;
  const filters = Object.entries({ branches, tags, paths }).filter(([, patterns]) => patterns.length > 0);
  return { events: [...events], ...Object.fromEntries(filters.map(([name, patterns]) => [name, [...patterns]])) };
}

function otherFields({ header, deliveryId, timeHeader, tolerance }: OtherListens): JsonObject {
  return {
    ...(header === '' ? {} : { header }),
    ...(deliveryId === '' ? {} : { delivery_id: deliveryId }),
    ...(timeHeader === '' ? {} : { timestamp: { header: timeHeader, ...(tolerance === '' ? {} : { tolerance }) } }),
  };
}
