import type { JsonObject } from '../../../core/json.ts';
import type { Forge } from '../../../core/language/forge-events.ts';

export type WebhookKind = Forge | 'webhook';

export interface ForgeListens {
  events: readonly string[];
  branches: readonly string[];
  tags: readonly string[];
  paths: readonly string[];
  fromForks: boolean;
}

/** Of any other sender. What is empty is as usual. */
export interface OtherListens {
  header: string;
  deliveryId: string;
  timeHeader: string;
  tolerance: string;
}

export interface NewWebhook {
  kind: WebhookKind;
  name: string;
  forge: ForgeListens;
  other: OtherListens;
  /** Empty: only Jobs that wait look for it. */
  pipeline: string;
  args: JsonObject;
}

export const usualForge: ForgeListens = { events: ['push'], branches: [], tags: [], paths: [], fromForks: false };
export const usualOther: OtherListens = { header: '', deliveryId: '', timeHeader: '', tolerance: '' };

/** The Credential that the server makes a secret for. */
export function secretName(name: string): string {
  return `${name}-secret`;
}
