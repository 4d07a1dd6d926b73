import { setTimeout as sleep } from 'node:timers/promises';
import type { z } from 'zod';
import type { ActionPlugin } from '../../core/contracts/plugin.ts';
import { manifest } from './manifest.ts';
import { postToSlack } from './post.ts';

type Input = z.infer<typeof manifest.input>;

const mostTries = 5;
/** Slack asks for a few seconds where a channel has had too many; who asks for longer is not waited for. */
const longestPauseSeconds = 60;

export const plugin: ActionPlugin<Input> = {
  manifest,
  async execute(context, input) {
    for (let tries = 1; ; tries += 1) {
      const posted = await postToSlack(context, input);
      if (posted.sent) {
        context.log('system', `Sent to ${input.channel}.`);
        return { status: 'succeeded' };
      }
      const { again = Number.POSITIVE_INFINITY } = posted;
      if (tries === mostTries || again > longestPauseSeconds) return { status: 'failed', reason: posted.reason };
      context.log('system', `Slack takes no more messages for ${again} s.`);
      await sleep(again * 1000, undefined, { signal: context.signal });
    }
  },
};
