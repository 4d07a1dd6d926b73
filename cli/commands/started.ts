import type { RunSummary } from '../../core/api/objects.ts';
import type { Client } from '../client.ts';
import { printJson, printLine } from '../output.ts';
import { runJson } from '../run-shape.ts';
import { exitStatusOf, type RemoteOptions } from './common.ts';

/** Says that a run has started or, with `--follow`, watches it to its end. With `--json` the log goes to standard error. */
export async function printStarted(
  client: Client,
  run: RunSummary,
  options: RemoteOptions & { follow?: true },
): Promise<void> {
  if (options.follow === undefined) {
    if (options.json) printJson(runJson(run));
    else printLine(`${run.pipeline}/${run.number} ${run.status}  ${run.url}`);
    return;
  }
  const { follow } = await import('../follow.ts');
  const { narrate, runEnd } = await import('../narrate.ts');
  const write = options.json ? (line: string) => void process.stderr.write(`${line}\n`) : printLine;
  write(`${run.pipeline}/${run.number}  ${run.url}`);
  const ended = await follow(client, run.id, narrate(write, options.dataDir));
  write(runEnd(ended));
  if (options.json) printJson(runJson(ended));
  process.exitCode = exitStatusOf(ended);
}
