import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ApplyResult, RunDetail, RunSummary } from '../../core/api/objects.ts';
import { runnableKinds } from '../../core/runnable.ts';
import { type Client, createClient, runPath } from '../client.ts';
import { exitStatusOf } from '../commands/common.ts';
import { CommandFailure } from '../failure.ts';
import { readFiles } from '../files.ts';
import { follow } from '../follow.ts';
import { narrate, runEnd } from '../narrate.ts';
import { printJson, printLine } from '../output.ts';
import { paramsOf, splitPairs, typedParameters } from '../parameters.ts';
import { runDetailJson } from '../run-shape.ts';
import { whenUnread } from '../unread.ts';
import { askedToEnd, whenAsked } from './asked-to-end.ts';
import { freePort } from './ports.ts';
import { startServer } from './server.ts';

export interface ExecOptions {
  parameter?: string[];
  name?: string;
  json?: true;
}

/** Where another server is, or its parts. Settings for that one must not make this run part of it. */
const ofAnother = ['PALVELLA_URL', 'PALVELLA_TOKEN', 'DATABASE_URL', 'TEMPORAL_ADDRESS', 'TEMPORAL_NAMESPACE'];

/** Starts a server in a folder that is removed afterwards, runs the file on it, and ends as the run did. */
export async function execFile(path: string, options: ExecOptions): Promise<void> {
  const files = await readFiles([path]);
  const pairs = splitPairs(options.parameter ?? []);
  const say = (text: string) => void process.stderr.write(`${text}\n`);
  const unread = new AbortController();
  whenUnread(() => unread.abort());
  const asked = AbortSignal.any([askedToEnd(), unread.signal]);
  const dataDir = await mkdtemp(join(tmpdir(), 'palvella-exec-'));
  for (const name of ofAnother) delete process.env[name];
  try {
    const server = await startServer({
      dataDir,
      port: await freePort(),
      host: '127.0.0.1',
      log: { say, from: () => () => {} },
      settings: { PALVELLA_PAGES: 'off' },
      asked,
    });
    try {
      const client = createClient({ url: server.url, token: server.token });
      const run = await runFile(client, files, pairs, { ...options, dataDir, say, asked });
      if (options.json) printJson(runDetailJson(run));
      process.exitCode = exitStatusOf(run);
    } finally {
      await server.stop();
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function runFile(
  client: Client,
  files: { name: string; content: string }[],
  pairs: [string, string][],
  options: ExecOptions & { dataDir: string; say(text: string): void; asked: AbortSignal },
): Promise<RunDetail> {
  const applied = await client.post<ApplyResult>('/apply', { files });
  const name = options.name ?? onlyRunnable(applied);
  const parameters = typedParameters(pairs.length === 0 ? [] : await paramsOf(client, name), pairs);
  if (options.asked.aborted) throw new CommandFailure(1, 'Stopped before the run began.');
  const run = await client.post<RunSummary>(`/pipelines/${encodeURIComponent(name)}/runs`, { parameters });
  // What a run has started outlives a server that stops, so an interrupted run is stopped first.
  whenAsked(options.asked, () => void client.post(`${runPath(run.id)}/stop`).catch(() => {}));
  const write = options.json ? options.say : printLine;
  const ended = await follow(client, run.id, narrate(write, options.dataDir));
  write(runEnd(ended));
  return ended;
}

/** The only Pipeline of the file; without one the only Job, then the only Action. */
function onlyRunnable({ saved }: ApplyResult): string {
  for (const kind of runnableKinds) {
    const [first, ...more] = saved.filter((one) => one.kind === kind);
    if (first === undefined) continue;
    if (more.length === 0) return first.name;
    const names = [first, ...more].map((one) => one.name).join(', ');
    throw new CommandFailure(2, `The file defines several of kind ${kind}. Name one with --name: ${names}.`);
  }
  throw new CommandFailure(2, 'The file defines nothing that can be run: no Pipeline, Job or Action.');
}
