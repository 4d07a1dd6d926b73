import { z } from 'zod';
import type { ActionManifest } from '../../core/contracts/plugin.ts';

export const manifest = {
  category: 'action',
  id: 'email',
  title: 'Send an email',
  description: 'Sends an email through the Worker’s mail server',
  place: 'native',
  input: z.object({
    to: z
      .union([z.string().min(1), z.array(z.string().min(1)).min(1).max(100)])
      .describe('Address, or a list of addresses'),
    subject: z.string().min(1).max(998).describe('Subject line'),
    text: z
      .string()
      .max(1024 * 1024)
      .describe('Body, plain text'),
    from: z.string().min(1).optional().describe('Sender; the Worker’s smtp_from when absent'),
  }),
  example: 'email: { to: team@example.com, subject: Deployed, text: It is live. }',
} satisfies ActionManifest;
