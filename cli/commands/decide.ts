import type { Command } from 'commander';
import type { ApprovalItem, Decision } from '../../core/api/approvals.ts';
import { shortDigest } from '../../core/short-digest.ts';
import { canAsk, saysYes } from '../ask.ts';
import type { Client } from '../client.ts';
import { CommandFailure } from '../failure.ts';
import { printJson, printLine, safeInline } from '../output.ts';
import { splitPairs, typedParameters } from '../parameters.ts';
import { fileLines, runName, shownApproval } from './approvals.ts';
import { allItems, clientFor, printing, type RemoteOptions, readRun } from './common.ts';

interface Options extends RemoteOptions {
  job?: string;
  comment?: string;
  digest?: string;
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
    .option('--digest <hex>', 'of what you looked at, its first 12 digits or more; refused where it is another by now')
    .option('--comment <text>', 'why')
    .action(async (name: string | undefined, options: Options) => {
      checkDigest(options.digest);
      const client = clientFor(options);
      const approval = await onlyPending(client, name, options.job);
      const { comment, field } = options;
      await lookedAt(approval, verdict, options.digest);
      const body: Decision = {
        verdict,
        digest: approval.digest,
        ...(comment !== undefined && { comment }),
        ...(field !== undefined && { fields: typedParameters(approval.fields, splitPairs(field)) }),
      };
      await client.post(`/approvals/${approval.id}/decisions`, body);
      const { digest, jobPath, prompt } = approval;
      if (options.json) {
        return printJson({ approval: approval.id, run: runName(approval.run), job: jobPath, verdict, digest });
      }
      printLine(
        `${verdicts[verdict].said} ${runName(approval.run)} ${jobPath}: ${safeInline(prompt)} (digest ${shortDigest(digest)})`,
      );
      for (const line of fileLines(approval)) printLine(line);
    });
}

function checkDigest(digest: string | undefined): void {
  if (digest === undefined || /^[\da-f]{12,64}$/i.test(digest)) return;
  throw new CommandFailure(2, `--digest ${digest}: write the first 12 hexadecimal digits of it, or more.`);
}

/**
 * What is decided on is what somebody has seen: what has the digest that they name, else what is shown to them now. A
 * script without a terminal has nobody to show it to.
 */
async function lookedAt(approval: ApprovalItem, verdict: Decision['verdict'], seen: string | undefined): Promise<void> {
  if (seen !== undefined) {
    if (approval.digest.startsWith(seen.toLowerCase())) return;
    const now = `its digest is ${shortDigest(approval.digest)} now, not ${shortDigest(seen)}`;
    const look = `palvella approvals ${runName(approval.run)}`;
    throw new CommandFailure(2, `What is shown has changed: ${now}. Look at it again, as by ${look}.`);
  }
  if (!canAsk()) return;
  process.stderr.write(`${shownApproval(approval)}\n`);
  if (!(await saysYes(`${verdict === 'approve' ? 'Approve' : 'Reject'} this?`))) {
    throw new CommandFailure(2, 'Nothing was decided.');
  }
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
