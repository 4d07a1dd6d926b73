import { z } from 'zod';
import { Args, Description, Name, strict } from './fields.ts';
import { Schedule } from './schema-schedule.ts';

const FromCredential = strict({ from_credential: Name, property: Name.optional() });

const Webhook = strict({
  events: z.array(z.string().min(1)).min(1).describe('Events, as push'),
  branches: z.array(z.string().min(1)).optional(),
  paths: z.array(z.string().min(1)).optional(),
  secret: FromCredential.describe('What the sender signs with'),
});

export const TriggerSpec = strict({
  kind: z.literal('Trigger'),
  name: Name.describe('Name'),
  description: Description.optional(),
  schedule: Schedule.optional(),
  github: Webhook.optional(),
  runs: z
    .array(strict({ pipeline: Name, args: Args.optional() }))
    .min(1)
    .describe('What it starts'),
});
export type TriggerSpec = z.infer<typeof TriggerSpec>;
