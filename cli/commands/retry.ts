import type { Command } from 'commander';
import type { RunSummary } from '../../core/api/objects.ts';
import { runPath } from '../client.ts';
import { clientFor, printing, type RemoteOptions } from './common.ts';
import { printStarted } from './started.ts';

interface Options extends RemoteOptions {
  from?: string;
  follow?: true;
}

export function retryCommand(program: Command): void {
  printing(program, 'retry <run>', 'start a new run that takes over what succeeded in this one')
    .option('--from <job>', 'do this Job and what comes after it again')
    .option('-f, --follow', 'show its log and end as it ends')
    .action(async (name: string, options: Options) => {
      const client = clientFor(options);
      const body = options.from === undefined ? {} : { from: options.from };
      await printStarted(client, await client.post<RunSummary>(`${runPath(name)}/retry`, body), options);
    });
}
