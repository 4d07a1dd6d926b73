import type { Command } from 'commander';
import type { ApprovalItem, Decision } from '../../core/api/approvals.ts';
import type { RunSummary } from '../../core/api/objects.ts';
import type { Client } from '../client.ts';
import { CommandFailure } from '../failure.ts';
import { printJson, printLine, safeInline } from '../output.ts';
import { splitPairs, typedParameters } from '../parameters.ts';
import { allItems, clientFor, printing, type RemoteOptions, readRun } from './common.ts';

interface Options extends RemoteOptions {
  job?: string;
  comment?: string;
  field?: string[];
}

const verdicts = {
  approve: { said: 'approved', description: 'approve what a run waits for' },
  reject: { said: 'rejected', description: 'reject what a run waits for' },
} as const;

/** `approve` and `reject`. Without a run they mean the only approval that is pending anywhere. */
export function decideCommand(program: Command, verdict: keyof typeof verdicts): void {
  const command = printing(program, `${verdict} [run]`, verdicts[verdict].description);
  if (verdict === 'approve') command.option('-p, --field <name=value...>', 'what the approval asks to be filled in');
  command
    .option('--job <path>', 'the Job that waits, where several do')
    .option('--comment <text>', 'why')
    .action(async (name: string | undefined, options: Options) => {
      const client = clientFor(options);
      const approval = await onlyPending(client, name, options.job);
      const { comment, field } = options;
      const body: Decision = {
        verdict,
        digest: approval.digest,
        ...(comment !== undefined && { comment }),
        ...(field !== undefined && { fields: typedParameters(approval.fields, splitPairs(field)) }),
      };
      await client.post(`/approvals/${approval.id}/decisions`, body);
      const { digest, files, jobPath, prompt } = approval;
      if (options.json) {
        return printJson({ approval: approval.id, run: runName(approval.run), job: jobPath, verdict, digest });
      }
      printLine(
        `${verdicts[verdict].said} ${runName(approval.run)} ${jobPath}: ${safeInline(prompt)} (digest ${short(digest)})`,
      );
      for (const { key, sha256 } of files) printLine(`  ${key} sha256 ${short(sha256)}`);
    });
}

async function onlyPending(client: Client, name: string | undefined, job: string | undefined): Promise<ApprovalItem> {
  const run = name === undefined ? undefined : (await readRun(client, name)).id;
  const all = await allItems<ApprovalItem>(client, '/approvals', { state: 'pending', run });
  const pending = all.filter((approval) => job === undefined || approval.jobPath === job);
  const [first, second] = pending;
  if (first !== undefined && second === undefined) return first;
  const of = [...(name === undefined ? [] : [name]), ...(job === undefined ? [] : [`Job ${job}`])].join(', ');
  const what = of === '' ? '' : ` for ${of}`;
  if (first === undefined) throw new CommandFailure(2, `No approval is pending${what}.`);
  const list = pending.map((item) => `  ${runName(item.run)} --job ${item.jobPath}: ${safeInline(item.prompt)}`);
  throw new CommandFailure(2, `Several approvals are pending${what}. Name one:\n${list.join('\n')}`);
}

function short(digest: string): string {
  return digest.slice(0, 12);
}

function runName(run: RunSummary): string {
  return `${run.pipeline}/${run.number}`;
}
