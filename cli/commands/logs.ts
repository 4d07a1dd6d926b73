import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import type { RunDetail } from '../../core/api/objects.ts';
import { type Client, runPath } from '../client.ts';
import { CommandFailure } from '../failure.ts';
import { printJson, safeLines, safeText } from '../output.ts';
import { clientFor, exitStatusOf, printing, type RemoteOptions, readRun } from './common.ts';

interface Options extends RemoteOptions {
  job?: string;
  action?: string;
  follow?: true;
}

export function logsCommand(program: Command): void {
  printing(program, 'logs <run>', 'print the log of a run as plain text')
    .option('--job <path>', 'only of this Job')
    .option('--action <name>', 'only of this Action')
    .option('-f, --follow', 'go on until the run has ended, and end as it did')
    .action(async (name: string, options: Options) => {
      const client = clientFor(options);
      const run = await readRun(client, name);
      const wanted = chosen(run, options);
      if (options.follow) await followLogs(client, run, options);
      else for (const log of wanted) await print(client, run, log, options);
    });
}

interface LogName {
  job: string;
  action: string;
}

/** The logs that there are, in the order of the plan; what the options name but the run does not have is refused. */
function chosen(run: RunDetail, { job, action }: Options): LogName[] {
  const jobs = run.jobs.filter(({ path }) => job === undefined || path === job);
  if (job !== undefined && jobs.length === 0) {
    const paths = run.jobs.map(({ path }) => path).join(', ');
    throw new CommandFailure(2, `Run ${run.pipeline}/${run.number} has no Job ${job}. It has ${paths}.`);
  }
  const actions = jobs.flatMap(({ path, actions }) => actions.map((of) => ({ job: path, action: of.name, of })));
  const named = actions.filter((one) => action === undefined || one.action === action);
  if (action !== undefined && named.length === 0) {
    const names = [...new Set(actions.map((one) => one.action))].join(', ');
    throw new CommandFailure(2, `There is no Action ${action} here. There are: ${names}.`);
  }
  return named.filter(({ of }) => of.startedAt !== null).map((one) => ({ job: one.job, action: one.action }));
}

async function print(client: Client, run: RunDetail, log: LogName, options: Options): Promise<void> {
  const body = await client.text(`${runPath(run.id)}/log.txt`, { ...log });
  if (options.json) printJson({ ...log, text: await text(body) });
  else if (process.stdout.isTTY) await pipeline(safeLines(body), process.stdout, { end: false });
  else await pipeline(body, process.stdout, { end: false });
}

async function followLogs(client: Client, run: RunDetail, options: Options): Promise<void> {
  const { follow } = await import('../follow.ts');
  const only = { ...(options.job && { job: options.job }), ...(options.action && { action: options.action }) };
  const ended = await follow(
    client,
    run.id,
    {
      line: (job, line) => {
        if (options.json) printJson({ job, ...line });
        else process.stdout.write(`${process.stdout.isTTY ? safeText(line.text) : line.text}\n`);
      },
      changed: () => {},
    },
    only,
  );
  process.exitCode = exitStatusOf(ended);
}
