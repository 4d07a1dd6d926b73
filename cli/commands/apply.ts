import type { Command } from 'commander';
import type { ApplyResult } from '../../core/api/objects.ts';
import { readFiles } from '../files.ts';
import { printJson, printLine } from '../output.ts';
import { clientFor, collect, printing, type RemoteOptions } from './common.ts';

interface Options extends RemoteOptions {
  file: string[];
  note?: string;
}

export function applyCommand(program: Command): void {
  printing(program, 'apply', 'save what files define: all of it, or nothing where anything is wrong')
    .requiredOption(
      '-f, --file <path>',
      'a file, a folder, or - for standard input; may be given several times',
      collect,
    )
    .option('--note <text>', 'kept with the new versions')
    .action(async (options: Options) => {
      const files = await readFiles(options.file);
      const body = { files, ...(options.note !== undefined && { note: options.note }) };
      const result = await clientFor(options).post<ApplyResult>('/apply', body);
      if (options.json) return printJson(result);
      for (const { kind, name, version, change } of result.saved)
        printLine(`${kind} ${name} ${change}, version ${version}`);
    });
}
