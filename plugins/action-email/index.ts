import { createTransport } from 'nodemailer';
import type { z } from 'zod';
import type { ActionContext, ActionPlugin } from '../../core/contracts/plugin.ts';
import { PalvellaError } from '../../core/errors.ts';
import { manifest } from './manifest.ts';

type Input = z.infer<typeof manifest.input>;

export const plugin = {
  manifest,
  async execute(
    context: Pick<ActionContext, 'log' | 'setting'>,
    { to, subject, text, from = context.setting('smtp_from') }: Input,
  ) {
    const server = context.setting('smtp_url');
    if (server === undefined)
      throw missing('mail server', 'PALVELLA_SMTP_URL, as smtps://user:password@mail.example.com');
    if (from === undefined) throw missing('sender', 'PALVELLA_SMTP_FROM, or from in the Action');
    // Nothing in a message may make the Worker read its own files or fetch addresses.
    const transport = createTransport(server, { disableFileAccess: true, disableUrlAccess: true });
    try {
      const sent = await transport.sendMail({ from, to, subject, text });
      context.log('system', `The mail server took it: ${sent.response}`);
      return { status: 'succeeded', output: { message_id: sent.messageId } };
    } catch (error) {
      return { status: 'failed', reason: `The mail server did not take it: ${(error as Error).message}` };
    } finally {
      transport.close();
    }
  },
} satisfies ActionPlugin<Input>;

function missing(what: string, setting: string): PalvellaError {
  return new PalvellaError('invalid_request', `there is no ${what}`, {
    remedy: `Give ${setting} to the Worker; for messages of the server itself, to palvella start.`,
  });
}
