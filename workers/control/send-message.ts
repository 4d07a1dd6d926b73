import { setTimeout as sleep } from 'node:timers/promises';
import type { ActionOutcome } from '../../core/contracts/plugin.ts';
import { errorSentence } from '../../core/sentence.ts';
import type { Message } from '../../platform/notifications/index.ts';
import { parseAllowed } from '../../platform/outbound/addresses.ts';
import { createFetchGuard } from '../../platform/outbound/fetch-guard.ts';
import { plugin as email } from '../../plugins/action-email/index.ts';
import { plugin as slack } from '../../plugins/action-slack/index.ts';

/** Longer than a mail server that is slow, shorter than the time for which a message is left to whoever sends it. */
const longestMs = 45_000;

/**
 * Sends a message as the Actions `slack` and `email` do, with this server's own settings, which have the names of a
 * Worker's. Throws a sentence where it was not taken.
 */
export function createSendMessage(
  environment: Readonly<Record<string, string | undefined>>,
): (message: Message) => Promise<void> {
  const guard = createFetchGuard(parseAllowed(environment['PALVELLA_ALLOWED_ADDRESSES'] ?? ''));
  const context = {
    fetch: guard.fetch,
    setting: (name: string) => environment[`PALVELLA_${name.toUpperCase()}`],
    log: () => {},
  };

  async function execute({ by, ...input }: Message): Promise<ActionOutcome> {
    return by === 'slack'
      ? await slack.execute(context, input as { channel: string; message: string })
      : await email.execute(context, input as { to: string[]; subject: string; text: string });
  }

  return async (message) => {
    const late = sleep(longestMs, undefined, { ref: false }).then((): ActionOutcome => {
      return { status: 'failed', reason: `There was no answer within ${longestMs / 1000} s.` };
    });
    const outcome = await Promise.race([execute(message), late]).catch((error: unknown): ActionOutcome => {
      return { status: 'failed', reason: errorSentence(error) };
    });
    if (outcome.status === 'failed') throw new Error(outcome.reason);
  };
}
