import type { Command } from 'commander';
import { runPath } from '../client.ts';
import { printJson, printLine } from '../output.ts';
import { runJson } from '../run-shape.ts';
import { clientFor, printing, type RemoteOptions, readRun } from './common.ts';

export function stopCommand(program: Command): void {
  printing(program, 'stop <run>', 'stop a run; its teardown still runs').action(
    async (name: string, options: RemoteOptions) => {
      const client = clientFor(options);
      await client.post(`${runPath(name)}/stop`);
      const run = await readRun(client, name);
      if (options.json) printJson(runJson(run));
      else printLine(`${run.pipeline}/${run.number} is being stopped`);
    },
  );
}
