import type { Command } from 'commander';
import { CommandFailure } from '../failure.ts';
import { askedToEnd } from '../start/asked-to-end.ts';
import { collect, command } from './common.ts';

interface Options {
  dataDir: string;
  url?: string;
  temporal?: string;
  namespace?: string;
  capacity?: string;
  label?: string[];
  engine?: string[];
}

const needed = [
  { name: 'PALVELLA_URL', remedy: "Give Palvella's address with --url, as https://palvella.example." },
  { name: 'TEMPORAL_ADDRESS', remedy: "Give Temporal's address with --temporal, as temporal.example:7233." },
  {
    name: 'PALVELLA_WORKER_TOKEN',
    remedy: 'Make a token with palvella token create NAME --kind worker, and put it into this variable.',
  },
];

/** Each option is one setting of the engine Worker's process, which reads them from its environment. */
export function workerCommand(program: Command): void {
  command(program, 'worker', 'serve Engines on this machine; its token comes from PALVELLA_WORKER_TOKEN')
    .option('--url <address>', "Palvella's address (PALVELLA_URL)")
    .option('--temporal <address>', "Temporal's address (TEMPORAL_ADDRESS)")
    .option('--namespace <name>', "Temporal's namespace (TEMPORAL_NAMESPACE)")
    .option('--engine <type>', 'serve only this Engine; may be given several times (PALVELLA_WORKER_ENGINES)', collect)
    .option('--capacity <count>', 'Jobs at once (PALVELLA_WORKER_CAPACITY)')
    .option('--label <name=value>', 'what Jobs can ask for by runs_on; may be given several times', collect)
    .action(async (options: Options) => {
      settle('PALVELLA_URL', options.url);
      settle('TEMPORAL_ADDRESS', options.temporal);
      settle('TEMPORAL_NAMESPACE', options.namespace);
      settle('PALVELLA_WORKER_CAPACITY', options.capacity);
      settle('PALVELLA_WORKER_LABELS', options.label?.join(','));
      settle('PALVELLA_WORKER_ENGINES', options.engine?.join(','));
      settle('PALVELLA_DATA_DIR', options.dataDir);
      for (const { name, remedy } of needed) {
        if (!process.env[name]) throw new CommandFailure(2, `${name} is not set. ${remedy}`);
      }
      // The Worker's process stops in order by the first; the same one, passed on by npm or bin.js, must not cut that off.
      askedToEnd(['SIGINT', 'SIGTERM']);
      await import('../../workers/engine.ts');
    });
}

function settle(name: string, value: string | undefined): void {
  if (value !== undefined) process.env[name] = value;
}
