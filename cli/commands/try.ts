import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import type { RunSummary } from '../../core/api/objects.ts';
import type { Json } from '../../core/json.ts';
import type { Param } from '../../core/plan.ts';
import { CommandFailure } from '../failure.ts';
import { type NamedFile, readFiles } from '../files.ts';
import { splitPairs, typedParameters } from '../parameters.ts';
import { clientFor, collect, printing, type RemoteOptions } from './common.ts';
import { printStarted } from './started.ts';

interface Options extends RemoteOptions {
  file: string[];
  name?: string;
  job?: string;
  parameter?: string[];
  output?: string[];
  follow?: true;
}

export function tryCommand(program: Command): void {
  printing(
    program,
    'try',
    'run what files define without saving it, or one Job of it; no number of a Pipeline is spent',
  )
    .requiredOption('--file <path>', 'a file, a folder, or - for standard input; may be given several times', collect)
    .option('--name <name>', 'what to run, where the files define several')
    .option('--job <path>', 'the only Job to run; those before it give the outputs that --output says')
    .option('-p, --parameter <name=value>', 'a parameter; may be given several times', collect)
    .option('--output <job=json>', 'what a Job before it shall have come to; may be given several times', collect)
    .option('-f, --follow', 'show its log and end as it ends')
    .action(async (options: Options) => {
      const client = clientFor(options);
      const files = await readFiles(options.file);
      const pairs = splitPairs(options.parameter ?? []);
      const body = {
        files,
        ...(options.name !== undefined && { pipeline: options.name }),
        ...(options.job !== undefined && { job: options.job }),
        parameters: typedParameters(pairs.length === 0 ? [] : await paramsIn(files, options.name), pairs),
        outputs: Object.fromEntries((options.output ?? []).map(sample)),
      };
      const run = await client.post<RunSummary>('/try', body, { 'idempotency-key': randomUUID() });
      await printStarted(client, run, options);
    });
}

function sample(text: string): [string, Json] {
  const at = text.indexOf('=');
  try {
    if (at > 0) return [text.slice(0, at), JSON.parse(text.slice(at + 1)) as Json];
  } catch {
    // Said below.
  }
  throw new CommandFailure(2, `--output ${text}: write --output 'JOB={"name": "value"}'.`);
}

/** As far as the files can be read: what is wrong with them the server says. */
async function paramsIn(files: readonly NamedFile[], name: string | undefined): Promise<readonly Param[]> {
  const { parseFiles } = await import('../../core/language/parse.ts');
  const specs = parseFiles(files).documents.filter((one) => name === undefined || one.name === name);
  return specs.flatMap(({ json }) => (json['parameters'] ?? json['params'] ?? []) as unknown as Param[]);
}
