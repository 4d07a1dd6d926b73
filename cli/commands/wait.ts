import type { Command } from 'commander';
import type { RunDetail } from '../../core/api/objects.ts';
import { isFinal } from '../../core/status.ts';
import { isUnserved } from '../../core/wait-text.ts';
import { type Client, runPath } from '../client.ts';
import { CommandFailure } from '../failure.ts';
import { patienceMs, retryMs } from '../live.ts';
import { narrate, runEnd, waitOfAll } from '../narrate.ts';
import { printJson, printLine } from '../output.ts';
import { runJson } from '../run-shape.ts';
import { clientFor, exitStatusOf, printing, type RemoteOptions } from './common.ts';

const pollSeconds = 30;
/** The first is short, so that why it does not go on is said soon. */
const firstSeconds = 3;

export function waitCommand(program: Command): void {
  printing(program, 'wait <run>', 'wait until a run has ended, and end as it did').action(
    async (name: string, options: RemoteOptions) => {
      const run = await waitForEnd(clientFor(options), name, options.dataDir);
      if (options.json) printJson(runJson(run));
      else printLine(runEnd(run));
      process.exitCode = exitStatusOf(run);
    },
  );
}

async function waitForEnd(client: Client, name: string, dataDir: string): Promise<RunDetail> {
  const said = narrate((line) => void process.stderr.write(`${line}\n`), dataDir);
  let reached: number | undefined;
  for (;;) {
    try {
      const run = await client.get<RunDetail>(`${runPath(name)}/wait`, {
        timeout: reached === undefined ? firstSeconds : pollSeconds,
      });
      if (isFinal(run.status)) return run;
      reached = Date.now();
      said.changed({
        ...run,
        wait: waitOfAll(run),
        jobs: run.jobs.filter(({ wait }) => wait !== null && isUnserved(wait)),
      });
    } catch (error) {
      const away = error instanceof CommandFailure && error.exitStatus === 3 && reached !== undefined;
      if (!away || Date.now() - (reached ?? 0) > patienceMs + pollSeconds * 1000) throw error;
      await new Promise((done) => setTimeout(done, retryMs));
    }
  }
}
