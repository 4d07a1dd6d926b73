import type { JsonObject } from '../../../core/json.ts';
import type { Forge } from '../../../core/language/forge-events.ts';

export type WebhookKind = Forge | 'webhook';

export interface NewWebhook {
  kind: WebhookKind;
  name: string;
  events: readonly string[];
  branches: readonly string[];
  /** Empty: only Jobs that wait look for it. */
  pipeline: string;
  args: JsonObject;
}

/** The Credential that the server makes a secret for. */
export function secretName(name: string): string {
  return `${name}-secret`;
}

/** Both documents as YAML, of which JSON is a part: what was typed is quoted, so none of it can be more than a value. */
export function webhookFile({ kind, name, events, branches, pipeline, args }: NewWebhook): string {
  const credential = { from_credential: secretName(name) };
  const listens =
    kind === 'webhook'
      ? { secret: credential }
      : { secret: credential, events, ...(branches.length === 0 ? {} : { branches }) };
  const entry = { pipeline, ...(Object.keys(args).length === 0 ? {} : { args }) };
  return [
    'kind: Credential',
    `name: ${JSON.stringify(secretName(name))}`,
    'type: Text',
    'data: { text: { generated: true } }',
    '---',
    'kind: Trigger',
    `name: ${JSON.stringify(name)}`,
    `${kind}: ${JSON.stringify(listens)}`,
    ...(pipeline === '' ? [] : [`runs: [${JSON.stringify(entry)}]`]),
    '',
  ].join('\n');
}
