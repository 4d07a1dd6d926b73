import type { Command } from 'commander';
import { printJson, printLine, table } from '../output.ts';
import { clientFor, printing, type RemoteOptions } from './common.ts';

interface Token {
  id: string;
  kind: string;
  name: string;
  roles: string[];
  createdAt: string;
  expiresAt: string | null;
  usedAt: string | null;
}

interface CreateOptions extends RemoteOptions {
  kind: string;
  role?: string[];
  expires?: string;
}

/** `token create | list | revoke`. */
export function tokenCommands(program: Command): void {
  const token = program.command('token').description('API tokens');

  printing(token, 'create <name>', 'make a token; it is shown this once')
    .option('--kind <kind>', 'token for people and programs, worker for an engine Worker', 'token')
    .option('--role <role...>', 'what it may do beside reading: administrator, or roles that approvals ask')
    .option('--expires <time>', 'ISO 8601 time after which it is no longer good')
    .action(async (name: string, options: CreateOptions) => {
      const { kind, role: roles, expires } = options;
      const body = { name, kind, ...(roles && { roles }), ...(expires !== undefined && { expiresAt: expires }) };
      const made = await clientFor(options).post<Token & { token: string }>('/tokens', body);
      if (options.json) printJson(made);
      else printLine(made.token);
    });

  printing(token, 'list', 'list tokens, and who is signed in').action(async (options: RemoteOptions) => {
    const { items } = await clientFor(options).get<{ items: Token[] }>('/tokens');
    if (options.json) return printJson(items);
    const rows = items.map((item) => [
      item.id,
      item.kind,
      item.name,
      item.kind === 'worker' ? '' : item.roles.join(', '),
      item.createdAt,
      item.expiresAt ?? '',
      item.usedAt ?? '',
    ]);
    printLine(table(['ID', 'KIND', 'NAME', 'ROLES', 'MADE', 'EXPIRES', 'USED'], rows));
  });

  printing(token, 'revoke <id>', 'make a token worthless, or end a session').action(
    async (id: string, options: RemoteOptions) => {
      await clientFor(options).remove(`/tokens/${encodeURIComponent(id)}`);
      if (options.json) printJson({ id, revoked: true });
      else printLine(`${id} is revoked`);
    },
  );
}
