import type { Command } from 'commander';
import { formatProblem, type Problem } from '../../core/errors.ts';
import { readFiles } from '../files.ts';
import { printJson, printLine } from '../output.ts';
import { clientFor, printing, type RemoteOptions } from './common.ts';

export function validateCommand(program: Command): void {
  printing(program, 'validate <file...>', 'check files against what is saved on the server, and save nothing').action(
    async (paths: string[], options: RemoteOptions) => {
      const files = await readFiles(paths);
      const { problems } = await clientFor(options).post<{ problems: Problem[] }>('/validate', { files });
      if (options.json) printJson({ problems });
      else if (problems.length === 0) printLine(`${files.map(({ name }) => name).join(', ')}: nothing wrong`);
      else for (const problem of problems) process.stderr.write(`${formatProblem(problem)}\n`);
      if (problems.length > 0) process.exitCode = 2;
    },
  );
}
