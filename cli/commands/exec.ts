import type { Command } from 'commander';
import { collect } from './common.ts';

interface Options {
  parameter?: string[];
  name?: string;
  json?: true;
}

export function execCommand(program: Command): void {
  program
    .command('exec <file>')
    .description('run a file with nothing started before, and leave nothing behind')
    .option('-p, --parameter <name=value>', 'a parameter; may be given several times', collect)
    .option('--name <name>', 'what to run, where the file defines several')
    .option('--json', 'print JSON')
    .action(async (file: string, options: Options) => {
      const { execFile } = await import('../start/exec-file.ts');
      await execFile(file, options);
    });
}
