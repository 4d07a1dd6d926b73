import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import type { ForkPlan, ForkVersion } from '../../core/api/forks.ts';
import type { RunSummary } from '../../core/api/objects.ts';
import { type Problem, problemWith } from '../../core/errors.ts';
import { hiddenValue } from '../../core/hidden-parameters.ts';
import type { JsonObject } from '../../core/json.ts';
import { sentence } from '../../core/language/document.ts';
import { checkParameters } from '../../core/language/index.ts';
import { type Client, runPath } from '../client.ts';
import { printJson, printLine, safeInline } from '../output.ts';
import { splitPairs, typedParameters } from '../parameters.ts';
import { clientFor, collect, printing, type RemoteOptions } from './common.ts';
import { printStarted } from './started.ts';

interface Options extends RemoteOptions {
  from?: string;
  parameter?: string[];
  newest?: true;
  dryRun?: true;
  follow?: true;
}

export function forkCommand(program: Command): void {
  printing(
    program,
    'fork <run>',
    'start a new run that goes on from a Job of this one, with what it recorded before it',
  )
    .option('--from <job>', 'the Job to go on from; from the beginning when absent')
    .option('-p, --parameter <name=value>', 'a parameter that is to be another; may be given several times', collect)
    .option('--newest', "take the Pipeline's newest version")
    .option('--dry-run', 'only say what would run and what would be taken over')
    .option('-f, --follow', 'show its log and end as it ends')
    .action(async (name: string, options: Options) => {
      const client = clientFor(options);
      const version: ForkVersion = options.newest ? 'newest' : 'same';
      const from = options.from === undefined ? {} : { from: options.from };
      const plan = () => client.get<ForkPlan>(`${runPath(name)}/fork`, { ...from, version });
      const pairs = splitPairs(options.parameter ?? []);
      if (options.dryRun) {
        const planned = await plan();
        const faults = parameterFaults(planned, typedParameters(planned.params, pairs));
        printPlan({ ...planned, problems: [...planned.problems, ...faults] }, options);
        return;
      }
      const parameters = typedParameters(pairs.length === 0 ? [] : (await plan()).params, pairs);
      await printStarted(client, await fork(client, name, { ...from, version, parameters }), options);
    });
}

function fork(client: Client, run: string, body: object): Promise<RunSummary> {
  return client.post<RunSummary>(`${runPath(run)}/fork`, body, { 'idempotency-key': randomUUID() });
}

/** What the fork would be refused for. What a secret one was given before is not told, and stays as it is. */
function parameterFaults({ params, parameters: before }: ForkPlan, given: JsonObject): Problem[] {
  const checked = checkParameters(params, { ...before, ...given });
  if ('values' in checked) return [];
  return checked.problems
    .filter(({ name }) => Object.hasOwn(given, name) || before[name] !== hiddenValue)
    .map(({ name, message }) => problemWith(`parameters.${name}`, sentence(message)));
}

const words = { taken: 'taken over', runs: 'runs', gone: 'cannot be taken over' } as const;

function printPlan(plan: ForkPlan, { json }: Options): void {
  if (plan.problems.length > 0) process.exitCode = 2;
  if (json) {
    printJson(plan);
    return;
  }
  printLine(`A fork of ${plan.run} with version ${plan.version}`);
  for (const { path, does, why, changed } of plan.jobs) {
    const note = changed ? 'It is written otherwise by now.' : why;
    printLine(`  ${path}  ${words[does]}${note === null ? '' : `: ${safeInline(note)}`}`);
  }
  for (const { path, message } of plan.problems) printLine(`${path}: ${safeInline(message)}`);
}
