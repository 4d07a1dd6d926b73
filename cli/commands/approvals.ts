import type { Command } from 'commander';
import type { ApprovalItem } from '../../core/api/approvals.ts';
import type { RunSummary } from '../../core/api/objects.ts';
import { shortDigest } from '../../core/short-digest.ts';
import { printJson, printLine, safeInline } from '../output.ts';
import { allItems, clientFor, printing, type RemoteOptions, readRun } from './common.ts';

/** `approvals`: what waits for a decision, as `approve` shows it before it asks. */
export function approvalsCommand(program: Command): void {
  printing(program, 'approvals [run]', 'list what waits for a decision, with all that is decided on').action(
    async (name: string | undefined, options: RemoteOptions) => {
      const client = clientFor(options);
      const run = name === undefined ? undefined : (await readRun(client, name)).id;
      const items = await allItems<ApprovalItem>(client, '/approvals', { state: 'pending', run });
      if (options.json) return printJson(items);
      if (items.length === 0) printLine('Nothing waits for a decision.');
      for (const item of items) printLine(shownApproval(item));
    },
  );
}

/** What one decides on, in lines. */
export function shownApproval(item: ApprovalItem): string {
  const { run, jobPath, prompt, digest, roles, quorum, decisions, files, fields } = item;
  const approved = decisions.filter(({ verdict, void: isVoid }) => verdict === 'approve' && !isVoid).length;
  return [
    `${runName(run)} --job ${jobPath}: ${safeInline(prompt)}`,
    `  digest ${shortDigest(digest)}`,
    `  ${run.pipeline} version ${run.version}, started by ${run.startedBy}`,
    ...(roles.length === 0 ? [] : [`  asked of ${roles.join(' or ')}`]),
    ...(quorum === 1 ? [] : [`  ${approved} of ${quorum} have approved`]),
    ...Object.entries(run.parameters).map(
      ([name, value]) =>
        `  parameter ${name}: ${safeInline(typeof value === 'string' ? value : JSON.stringify(value))}`,
    ),
    ...fileLines(item),
    ...fields.map(({ name }) => `  to fill in: -p ${name}=…`),
    ...(files.length === 0 ? [] : [`  to read a file: ${run.url}`]),
  ].join('\n');
}

export function fileLines({ files }: Pick<ApprovalItem, 'files'>): string[] {
  return files.map(({ key, sha256 }) => `  ${key} sha256 ${shortDigest(sha256)}`);
}

export function runName(run: Pick<RunSummary, 'pipeline' | 'number'>): string {
  return `${run.pipeline}/${run.number}`;
}
