import type { Command } from 'commander';
import { CommandFailure } from '../failure.ts';
import { printJson, printLine } from '../output.ts';
import { clientFor, printing, type RemoteOptions } from './common.ts';

interface Options extends RemoteOptions {
  as?: string;
  role?: string[];
}

export function signInCommand(program: Command): void {
  printing(program, 'sign-in', 'print a link that signs one browser in, once')
    .option('--as <name>', 'whom it signs in; absent: the administrator local/admin')
    .option('--role <role...>', 'what they may do beside reading: administrator, or roles that approvals ask')
    .action(async (options: Options) => {
      const { as, role: roles } = options;
      if ((as === undefined) !== (roles === undefined)) {
        throw new CommandFailure(2, 'Give --as and --role together: who signs in, and what they may do.');
      }
      const link = await clientFor(options).post<{ url: string }>('/session/link', { as, roles });
      if (options.json) printJson(link);
      else printLine(link.url);
    });
}
