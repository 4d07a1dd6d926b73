import type { z } from 'zod';
import type { ActionContext, ActionPlugin } from '../../core/contracts/plugin.ts';
import { PalvellaError } from '../../core/errors.ts';
import { manifest } from './manifest.ts';

type Input = z.infer<typeof manifest.input>;

export const plugin = {
  manifest,
  async execute(
    context: Pick<ActionContext, 'fetch' | 'log' | 'setting'>,
    { channel, message, url = context.setting('slack_url') }: Input,
  ) {
    if (url === undefined) {
      throw new PalvellaError('invalid_request', 'there is no Slack address', {
        remedy:
          'Give url in the Action, or PALVELLA_SLACK_URL to the Worker; for messages of the server itself, to palvella start.',
      });
    }
    const answer = await context.fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ channel, text: message }),
      // A redirected POST would lose its body.
      redirect: 'error',
    });
    const text = (await answer.text()).slice(0, 200);
    if (!answer.ok) return { status: 'failed', reason: `Slack answered ${answer.status}: ${text}` };
    context.log('system', `Sent to ${channel}.`);
    return { status: 'succeeded' };
  },
} satisfies ActionPlugin<Input>;
