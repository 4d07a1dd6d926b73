import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import type { RunSummary } from '../../core/api/objects.ts';
import { paramsOf, splitPairs, typedParameters } from '../parameters.ts';
import { clientFor, collect, printing, type RemoteOptions } from './common.ts';
import { printStarted } from './started.ts';

interface Options extends RemoteOptions {
  parameter?: string[];
  priority?: string;
  follow?: true;
}

export function runCommand(program: Command): void {
  printing(program, 'run <name>', 'start a run of a Pipeline, or of one Job or Action')
    .option('-p, --parameter <name=value>', 'a parameter; may be given several times', collect)
    .option('--priority <number>', 'which runs Workers serve first: 1 before 5; its own when absent')
    .option('-f, --follow', 'show its log and end as it ends')
    .action(async (name: string, options: Options) => {
      const client = clientFor(options);
      const pairs = splitPairs(options.parameter ?? []);
      const parameters = typedParameters(pairs.length === 0 ? [] : await paramsOf(client, name), pairs);
      const run = await client.post<RunSummary>(
        `/pipelines/${encodeURIComponent(name)}/runs`,
        { parameters, ...(options.priority !== undefined && { priority: Number(options.priority) }) },
        { 'idempotency-key': randomUUID() },
      );
      await printStarted(client, run, options);
    });
}
