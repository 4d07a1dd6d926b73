import type { Command } from 'commander';
import type { RunSummary } from '../../core/api/objects.ts';
import { offered } from '../data-dir.ts';
import { waitText } from '../narrate.ts';
import { duration, printJson, printLine, table } from '../output.ts';
import { runJson } from '../run-shape.ts';
import { clientFor, printing, type RemoteOptions } from './common.ts';

interface Options extends RemoteOptions {
  pipeline?: string;
  status?: string;
  by?: string;
  since?: string;
  until?: string;
  limit: string;
}

export function runsCommand(program: Command): void {
  printing(program, 'runs', 'list runs, newest first')
    .option('--pipeline <name>', 'only of this Pipeline')
    .option('--status <status>', 'only with this status, or one of several with commas between')
    .option('--by <name>', 'only those that this person, token or trigger started')
    .option('--since <time>', 'only those asked for at or after this moment, as 2026-03-01T00:00:00Z')
    .option('--until <time>', 'only those asked for before this moment')
    .option('--limit <count>', 'at most so many', '20')
    .action(async (options: Options) => {
      const { pipeline, status, by, since, until, limit } = options;
      const filter = { pipeline, status, by, since, until, limit };
      const page = await clientFor(options).get<{ items: RunSummary[] }>('/runs', filter);
      if (options.json) return printJson(page.items.map(runJson));
      if (page.items.length === 0)
        return printLine(`No runs. Start one with ${offered('run PIPELINE', options.dataDir)}.`);
      printLine(runsText(page.items, options.dataDir));
    });
}

export function runsText(runs: readonly RunSummary[], dataDir: string): string {
  return table(
    ['RUN', 'STATUS', 'STARTED', 'TIME', 'BY', 'WAIT'],
    runs.map((run) => row(run, dataDir)),
  );
}

function row(run: RunSummary, dataDir: string): string[] {
  const name = `${run.pipeline}/${run.number}`;
  const started = run.startedAt?.slice(0, 19).replace('T', ' ') ?? '';
  const wait = run.wait === null ? '' : waitText(run.wait, { run: name, dataDir });
  return [name, run.status, started, duration(run.startedAt, run.endedAt), run.startedBy, wait];
}
