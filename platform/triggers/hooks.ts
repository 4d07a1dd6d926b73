import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import { errorCode, PalvellaError } from '../../core/errors.ts';
import type { Audit } from '../audit/index.ts';
import type { Credentials } from '../credentials/index.ts';
import type { Inbox, Received } from './inbox.ts';
import { payloadOf } from './payload.ts';
import { savedTrigger } from './saved.ts';
import { forgeSender, isForge, type Message, senderOf } from './senders/index.ts';

/** Deliveries of webhooks: from anybody, but signed. */
export interface Hooks {
  /** Throws `not_found` before anything is read of what is sent. */
  find(trigger: string): Promise<Hook>;
}

interface Hook {
  /** Checks who sent it, then writes it down. Nothing is kept of what is refused. */
  receive(message: Message): Promise<Received & { greeting: boolean }>;
}

/** So that whoever guesses does not fill the audit log. */
const auditEveryMs = 10_000;

export function createHooks(deps: {
  pool: Pool;
  inbox: Inbox;
  credentials: Pick<Credentials, 'value'>;
  audit: Pick<Audit, 'record'>;
  warn(message: string, error: unknown): void;
}): Hooks {
  const { pool, inbox, credentials, audit, warn } = deps;
  const audited = new Map<string, number>();

  async function secretOf(trigger: string, name: { name: string; property: string | undefined }): Promise<string> {
    try {
      return await credentials.value(name);
    } catch (error) {
      if (errorCode(error) !== 'credential_unavailable') throw error;
      // Whoever sends is told no more than that: where a secret is kept is nothing of theirs.
      warn(`deliveries for the Trigger ${trigger} are refused, as its secret cannot be read`, error);
      throw new PalvellaError('unavailable', 'The secret of this webhook cannot be read, so nothing is taken.', {
        remedy: 'The log of the server says why.',
      });
    }
  }

  async function note(trigger: string, error: unknown): Promise<void> {
    if (errorCode(error) !== 'unauthenticated') return;
    const now = Date.now();
    if (now - (audited.get(trigger) ?? 0) < auditEveryMs) return;
    audited.set(trigger, now);
    const detail = { refused: (error as Error).message };
    const entry = { who: 'nobody', method: 'public', what: `POST /api/v1/hooks/${trigger}`, detail };
    await audit.record(entry).catch((failure: unknown) => warn('not in the audit log', failure));
  }

  return {
    find: async (trigger) => {
      const spec = await savedTrigger(pool, trigger);
      const found = spec === undefined ? undefined : senderOf(spec);
      if (found === undefined) throw new PalvellaError('not_found', 'There is no webhook at this address.');
      const { source, sender, secret: credential } = found;
      return {
        receive: async (message) => {
          const secret = await secretOf(trigger, credential);
          try {
            sender.verify(message, secret);
          } catch (error) {
            await note(trigger, error);
            throw error;
          }
          const { text, payload } = payloadOf(message);
          const { event, key, facts } = sender.read(message, payload);
          const signed = sender.signed?.(message);
          const digest = digestOf(signed ?? [message.body]);
          const received = await inbox.receive({
            trigger,
            source,
            key: key ?? `sha256:${digest}`,
            digest: signed === undefined ? undefined : digest,
            event,
            facts: { ...facts },
            headers: Object.fromEntries(
              ['content-type', 'user-agent', ...sender.headers].flatMap((name) => {
                const value = message.headers.get(name);
                return value === undefined ? [] : [[name, value.slice(0, 1000)]];
              }),
            ),
            payload: text,
            sentBy: source,
          });
          return { ...received, greeting: isForge(source) && forgeSender(source).isGreeting(event) };
        },
      };
    },
  };
}

function digestOf(parts: readonly (string | Buffer)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}
