import type { Command } from 'commander';
import type { RunSummary } from '../../core/api/objects.ts';
import { duration, printJson, printLine, table } from '../output.ts';
import { runJson } from '../run-shape.ts';
import { clientFor, printing, type RemoteOptions } from './common.ts';

interface Options extends RemoteOptions {
  pipeline?: string;
  status?: string;
  limit: string;
}

export function runsCommand(program: Command): void {
  printing(program, 'runs', 'list runs, newest first')
    .option('--pipeline <name>', 'only of this Pipeline')
    .option('--status <status>', 'only with this status')
    .option('--limit <count>', 'at most so many', '20')
    .action(async (options: Options) => {
      const { pipeline, status, limit } = options;
      const page = await clientFor(options).get<{ items: RunSummary[] }>('/runs', { pipeline, status, limit });
      if (options.json) return printJson(page.items.map(runJson));
      if (page.items.length === 0) return printLine('No runs. Start one with palvella run PIPELINE.');
      printLine(table(['RUN', 'STATUS', 'STARTED', 'TIME', 'BY'], page.items.map(row)));
    });
}

function row(run: RunSummary): string[] {
  const started = run.startedAt?.slice(0, 19).replace('T', ' ') ?? '';
  return [`${run.pipeline}/${run.number}`, run.status, started, duration(run.startedAt, run.endedAt), run.startedBy];
}
