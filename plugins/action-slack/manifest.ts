import { z } from 'zod';
import type { ActionManifest } from '../../core/contracts/plugin.ts';

export const manifest = {
  category: 'action',
  id: 'slack',
  title: 'Send Slack message',
  description: 'Sends a message to a Slack channel through an incoming webhook',
  place: 'native',
  input: z.object({
    channel: z
      .string()
      .min(1)
      .max(200)
      .describe('Channel, as #notifications')
      .meta({ title: 'What Slack channel would you like to send a message to?' }),
    message: z
      .string()
      .min(1)
      .max(40_000)
      .describe('Text of the message')
      .meta({ title: 'What message would you like to send?' }),
    url: z
      .string()
      .min(1)
      .optional()
      .describe(
        'Address of the incoming webhook, best as { from_credential: name }; the Worker’s slack_url when absent',
      ),
  }),
  example: "slack: { channel: '#notifications', message: The version did not match }",
} satisfies ActionManifest;
