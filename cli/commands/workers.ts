import type { Command } from 'commander';
import type { WorkerInfo } from '../../core/api/objects.ts';
import { toSecond } from '../../core/to-second.ts';
import { printJson, printLine, safeInline } from '../output.ts';
import { clientFor, printing, type RemoteOptions } from './common.ts';

/** `workers`, `workers drain` and `workers resume`. */
export function workersCommand(program: Command): void {
  const workers = printing(program, 'workers', 'list Workers: what each is, runs and could run').action(
    async (options: RemoteOptions) => {
      const { items } = await clientFor(options).get<{ items: WorkerInfo[] }>('/workers');
      if (options.json) return printJson(items);
      printLine(
        items.length === 0 ? 'No Worker has come yet. See palvella worker --help.' : items.map(text).join('\n'),
      );
    },
  );
  change(workers, 'drain', 'have a Worker finish the Jobs it has and take no new one', 'drains');
  change(workers, 'resume', 'have a Worker that drains take Jobs again', 'takes Jobs again');
}

function change(workers: Command, word: 'drain' | 'resume', description: string, said: string): void {
  printing(workers, `${word} <id>`, description).action(async (id: string, _: RemoteOptions, command: Command) => {
    // `--json` and `--data-dir` before the word are the group's.
    const options = command.optsWithGlobals<RemoteOptions>();
    await clientFor(options).post(`/workers/${encodeURIComponent(id)}/${word}`);
    if (options.json) printJson({ id, draining: word === 'drain' });
    else printLine(`Worker ${id} ${said}`);
  });
}

function text(worker: WorkerInfo): string {
  const { id, host, os, arch, engines, labels, running, capacity, jobs, serves, seenAt } = worker;
  const lines = [
    `${id}  ${stateOf(worker)}  ${running} of ${capacity} places`,
    `  ${host}, ${os}/${arch}, last seen ${toSecond(seenAt)}`,
    `  engines: ${engines.map(({ type, found }) => `${type} (${found})`).join(', ')}`,
    `  labels: ${pairs(labels) || 'none'}`,
    `  serves: ${serves.map(({ engine, requires }) => `${engine}${pairs(requires, ' with ')}`).join('; ')}`,
    ...(jobs.length === 0
      ? []
      : [`  has: ${jobs.map((job) => `${job.pipeline}/${job.number} ${job.path}`).join(', ')}`]),
  ];
  return lines.map(safeInline).join('\n');
}

function stateOf({ state, draining, drained }: WorkerInfo): string {
  if (!draining) return state;
  return `${state === 'alive' ? '' : `${state}, `}${drained ? 'drained, has no Job' : 'draining'}`;
}

function pairs(labels: Record<string, string>, before = ''): string {
  const list = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
  return list.length === 0 ? '' : before + list.join(', ');
}
