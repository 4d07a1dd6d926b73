import type { Command } from 'commander';
import { everyPage } from '../../core/api/every-page.ts';
import type { RunDetail, RunSummary } from '../../core/api/objects.ts';
import { isFinal } from '../../core/status.ts';
import { type Client, createClient, runPath } from '../client.ts';
import { connection } from '../connection.ts';
import { foundDataDir } from '../data-dir.ts';
import type { ExitStatus } from '../failure.ts';

export interface RemoteOptions {
  dataDir: string;
  json?: true;
}

/** A command with `--data-dir`, an option of all. */
export function command(parent: Command, usage: string, description: string): Command {
  return parent
    .command(usage)
    .description(description)
    .option('--data-dir <folder>', 'folder in which palvella start keeps its state', foundDataDir());
}

/** A command that prints what the server answers. */
export function printing(parent: Command, usage: string, description: string): Command {
  return command(parent, usage, description).option('--json', 'print JSON');
}

export function clientFor(options: RemoteOptions): Client {
  return createClient(connection(options));
}

/** All that a list of the API holds, page after page. */
export function allItems<Item>(
  client: Client,
  path: string,
  query: Record<string, string | undefined> = {},
): Promise<Item[]> {
  return everyPage((cursor) =>
    client.get<{ items: Item[]; next: string | null }>(path, { ...query, limit: 200, cursor }),
  );
}

/** The run named by id or `pipeline/number`. */
export function readRun(client: Client, run: string): Promise<RunDetail> {
  return client.get<RunDetail>(runPath(run));
}

/** How a command that watched a run ends. */
export function exitStatusOf(run: RunSummary): ExitStatus {
  return isFinal(run.status) && run.status !== 'succeeded' ? 1 : 0;
}

/** For an option that may be given several times. */
export function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}
