import type { Command } from 'commander';
import type { MadeSecret } from '../../core/api/credentials.ts';
import { printJson, printLine } from '../output.ts';
import { clientFor, printing, type RemoteOptions } from './common.ts';

export function generateCommand(program: Command): void {
  printing(program, 'generate <credential>', 'have the server make a value for a Credential, which is shown this once')
    .option('--property <name>', 'which of its values')
    .action(async (name: string, options: RemoteOptions & { property?: string }) => {
      const { property } = options;
      const path = `/credentials/${encodeURIComponent(name)}/generate`;
      const made = await clientFor(options).post<MadeSecret>(path, property === undefined ? {} : { property });
      if (options.json) printJson(made);
      else printLine(made.value);
    });
}
