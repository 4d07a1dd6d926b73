import { z } from 'zod';
import type { ActionManifest } from '../../core/contracts/plugin.ts';

export const manifest = {
  category: 'action',
  id: 'slack',
  title: 'Send Slack message',
  description: 'Sends a message to a Slack channel',
  place: 'native',
  input: z
    .object({
      channel: z
        .string()
        .min(1)
        .max(200)
        .describe('Channel, as #notifications; an incoming webhook of a Slack app has one of its own and heeds none')
        .meta({ title: 'What Slack channel would you like to send a message to?' }),
      message: z
        .string()
        .min(1)
        .max(40_000)
        .describe('Text of the message')
        .meta({ title: 'What message would you like to send?' }),
      token: z
        .string()
        .min(1)
        .optional()
        .describe('Bot token of a Slack app, as { from_credential: name }; the Worker’s slack_token when absent')
        .meta({ secret: true }),
      url: z
        .string()
        .min(1)
        .optional()
        .describe(
          'Address of an incoming webhook instead, best as { from_credential: name }; the Worker’s slack_url when absent',
        ),
    })
    .refine(({ token, url }) => token === undefined || url === undefined, 'either token or url may be there, not both'),
  example: "slack: { channel: '#notifications', message: The version did not match }",
} satisfies ActionManifest;
