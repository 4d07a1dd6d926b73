import type { Command } from 'commander';
import type { HoldInfo } from '../../core/api/holds.ts';
import type { WaitHolder } from '../../core/run-state.ts';
import { toSecond } from '../../core/to-second.ts';
import { printJson, printLine, safeInline } from '../output.ts';
import { clientFor, printing, type RemoteOptions } from './common.ts';

/** `locks` and `locks release`. */
export function locksCommand(program: Command): void {
  const locks = printing(program, 'locks', 'list locks and groups: who has each, and who is next').action(
    async (options: RemoteOptions) => {
      const { items } = await clientFor(options).get<{ items: HoldInfo[] }>('/locks');
      if (options.json) return printJson(items);
      printLine(items.length === 0 ? 'Nobody has or waits for a lock or a group.' : items.map(text).join('\n'));
    },
  );
  printing(locks, 'release <name>', 'take a lock from whoever has it, who goes on without').action(
    async (name: string, _: RemoteOptions, command: Command) => {
      // `--json` and `--data-dir` before the word are the group's.
      const options = command.optsWithGlobals<RemoteOptions>();
      await clientFor(options).post(`/locks/${encodeURIComponent(name)}/release`);
      if (options.json) printJson({ name, released: true });
      else printLine(`The lock ${name} was taken from who had it`);
    },
  );
}

function text({ kind, name, limit, holders, waiting, waitingCount }: HoldInfo): string {
  const places = kind === 'lock' ? '' : `  ${holders.length} of ${limit} places`;
  const more = waitingCount - waiting.length;
  return [
    `${kind} ${safeInline(name)}${places}`,
    ...holders.map((holder) => `  has it: ${named(holder)}`),
    ...waiting.map((one) => `  ${one.position}. waits: ${named(one)}`),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ].join('\n');
}

function named({ pipeline, number, job, since, stopping }: WaitHolder): string {
  const more = stopping ? ', is being stopped for the next' : '';
  return `${pipeline}/${number}${job === null ? '' : ` ${safeInline(job)}`} since ${toSecond(since)}${more}`;
}
