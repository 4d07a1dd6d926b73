import type { Command } from 'commander';
import { printJson, printLine } from '../output.ts';
import { clientFor, printing, type RemoteOptions } from './common.ts';

export function signInCommand(program: Command): void {
  printing(program, 'sign-in', 'print a link that signs one browser in, once').action(
    async (options: RemoteOptions) => {
      const link = await clientFor(options).post<{ url: string }>('/session/link', {});
      if (options.json) printJson(link);
      else printLine(link.url);
    },
  );
}
