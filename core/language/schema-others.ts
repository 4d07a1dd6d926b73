import { z } from 'zod';
import { Duration } from '../duration-schema.ts';
import { Json } from '../json.ts';
import { Args, Description, Name, notExecutedYet, strict } from './fields.ts';

const named = { name: Name.describe('Name'), description: Description.optional() };

const Source = z
  .union(
    [
      strict({
        from_environment: z.string().min(1).describe('An environment variable, named when the server was started'),
      }),
      strict({ from_file: z.string().min(1).describe('A file, named when the server was started') }),
    ],
    'write { from_environment: NAME } or { from_file: path }; a value itself is never kept in a file',
  )
  .describe('Where the value is; never the value itself');

export const CredentialSpec = strict({
  kind: z.literal('Credential'),
  ...named,
  type: z.string().min(1).describe('What it is, as Text, UsernameAndPassword or SSH'),
  data: z.record(Name, Source).describe('Its properties'),
  authorized: notExecutedYet('authorized'),
});
export type CredentialSpec = z.infer<typeof CredentialSpec>;

const FromCredential = strict({ from_credential: Name, property: Name.optional() });

const Schedule = strict({
  every: Duration.optional().describe('Once in this time'),
  cron: z.string().min(1).optional().describe('Five fields, as 0 3 * * *'),
  calendar: z.record(z.string(), Json).optional().describe('Fields of a calendar'),
  time_zone: z.string().min(1).optional().describe('Time zone, as UTC'),
  overlap: z.enum(['skip', 'buffer', 'cancel', 'allow']).optional().describe('What happens while a run goes on'),
  catch_up: Duration.optional().describe('How late a missed start may still be made'),
});

const Webhook = strict({
  events: z.array(z.string().min(1)).min(1).describe('Events, as push'),
  branches: z.array(z.string().min(1)).optional(),
  paths: z.array(z.string().min(1)).optional(),
  secret: FromCredential.describe('What the sender signs with'),
});

export const TriggerSpec = strict({
  kind: z.literal('Trigger'),
  ...named,
  schedule: Schedule.optional(),
  github: Webhook.optional(),
  runs: z
    .array(strict({ pipeline: Name, args: Args.optional() }))
    .min(1)
    .describe('What it starts'),
});
export type TriggerSpec = z.infer<typeof TriggerSpec>;

export const RoleSpec = strict({
  kind: z.literal('Role'),
  ...named,
  type: z.string().min(1).describe('Type, as rbac'),
  identity: z.array(z.string().min(1)).min(1).describe('Who has it, as mydomain/*'),
  permission: z.array(Name).min(1).describe('Permissions that it gives'),
});
export type RoleSpec = z.infer<typeof RoleSpec>;

export const PermissionSpec = strict({
  kind: z.literal('Permission'),
  ...named,
  identity: z.array(z.string().min(1)).optional().describe('Who asks'),
  resource: z.array(z.string().min(1)).min(1).describe('What it is about, as job=deploy'),
  method: z.array(z.string().min(1)).min(1).describe('What may be done, as executorRun'),
  effect: z.enum(['Allow', 'Deny']).describe('Whether it may be done'),
});
export type PermissionSpec = z.infer<typeof PermissionSpec>;
