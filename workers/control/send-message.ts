import { setTimeout as sleep } from 'node:timers/promises';
import { PalvellaError } from '../../core/errors.ts';
import { errorSentence } from '../../core/sentence.ts';
import { type Message, TooMany } from '../../platform/notifications/index.ts';
import { parseAllowed } from '../../platform/outbound/addresses.ts';
import { createFetchGuard } from '../../platform/outbound/fetch-guard.ts';
import { plugin as email } from '../../plugins/action-email/index.ts';
import { postToSlack } from '../../plugins/action-slack/post.ts';

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

  async function send({ by, ...input }: Message): Promise<void> {
    if (by === 'slack') {
      const posted = await postToSlack(context, input as { channel: string; message: string });
      if (posted.sent) return;
      throw posted.again === undefined ? new Error(posted.reason) : new TooMany(posted.reason, posted.again);
    }
    const mail = await email.execute(context, input as { to: string[]; subject: string; text: string });
    if (mail.status === 'failed') throw new Error(mail.reason);
  }

  return async (message) => {
    const late = sleep(longestMs, undefined, { ref: false }).then(() => {
      throw new Error(`There was no answer within ${longestMs / 1000} s.`);
    });
    // `late` fails also where the message went out in time.
    late.catch(() => {});
    await Promise.race([send(message), late]).catch((error: unknown) => {
      throw error instanceof PalvellaError ? new Error(errorSentence(error)) : error;
    });
  };
}
