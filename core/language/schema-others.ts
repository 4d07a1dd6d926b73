import { z } from 'zod';
import { Description, Name, notExecutedYet, strict } from './fields.ts';

const named = { name: Name.describe('Name'), description: Description.optional() };

const Source = z
  .union(
    [
      strict({
        from_environment: z.string().min(1).describe('An environment variable, named when the server was started'),
      }),
      strict({ from_file: z.string().min(1).describe('A file, named when the server was started') }),
      strict({ generated: z.literal(true).describe('The server makes it, and shows it once') }),
    ],
    'write { from_environment: NAME }, { from_file: path } or { generated: true }; a value itself is never kept in a file',
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
