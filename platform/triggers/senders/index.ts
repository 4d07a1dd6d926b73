import type { Forge } from '../../../core/language/forge-events.ts';
import { sourceOf, type TriggerSource, type TriggerSpec } from '../../../core/language/schema-trigger.ts';
import { gitea } from './gitea.ts';
import { github } from './github.ts';
import { gitlab } from './gitlab.ts';
import type { ForgeSender, Sender } from './sender.ts';
import { webhookSender } from './webhook.ts';

export type { Message, Sender } from './sender.ts';

const forgeSenders: Readonly<Record<Forge, ForgeSender>> = { github, gitlab, gitea };

export function isForge(source: TriggerSource): source is Forge {
  return Object.hasOwn(forgeSenders, source);
}

export function forgeSender(forge: Forge): ForgeSender {
  return forgeSenders[forge];
}

/** Who sends to a Trigger, and the Credential that they sign with; undefined where it is no webhook. */
export function senderOf(
  spec: TriggerSpec,
): { source: TriggerSource; sender: Sender; secret: { name: string; property: string | undefined } } | undefined {
  const source = sourceOf(spec);
  const webhook = isForge(source) ? spec[source] : spec.webhook;
  if (webhook === undefined) return undefined;
  const { from_credential: name, property } = webhook.secret;
  const sender = isForge(source) ? forgeSenders[source] : webhookSender(spec.webhook as never);
  return { source, sender, secret: { name, property } };
}
