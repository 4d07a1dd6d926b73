import type { Command } from 'commander';
import type { RunDetail } from '../../core/api/objects.ts';
import { waitOfAll, waitText } from '../narrate.ts';
import { duration, printJson, printLine, safeInline } from '../output.ts';
import { runDetailJson } from '../run-shape.ts';
import { clientFor, printing, type RemoteOptions, readRun } from './common.ts';

export function showCommand(program: Command): void {
  printing(program, 'show <run>', 'show a run with its Jobs and Actions').action(
    async (name: string, options: RemoteOptions) => {
      const run = await readRun(clientFor(options), name);
      if (options.json) printJson(runDetailJson(run));
      else printLine(runText(run, options.dataDir));
    },
  );
}

export function runText(run: RunDetail, dataDir: string): string {
  const name = `${run.pipeline}/${run.number}`;
  const lines = [`${name} ${run.status}  ${run.url}`];
  if (run.reason !== null) lines.push(`  ${safeInline(run.reason)}`);
  const wait = waitOfAll(run);
  if (wait !== null) lines.push(`  ${waitText(wait, { run: name, dataDir })}`);
  for (const job of run.jobs) {
    lines.push(`  ${[job.path, job.status, duration(job.startedAt, job.endedAt)].join('  ').trimEnd()}`);
    if (job.wait !== null) lines.push(`    ${waitText(job.wait, { run: name, job: job.path, dataDir })}`);
    else if (job.reason !== null) lines.push(`    ${safeInline(job.reason)}`);
    for (const action of job.actions) {
      const exit = action.exitStatus === null ? '' : `  exit status ${action.exitStatus}`;
      const reason = action.reason === null ? '' : `  ${safeInline(action.reason)}`;
      lines.push(`    ${action.name}  ${action.status}${exit}${reason}`);
    }
  }
  return lines.join('\n');
}
