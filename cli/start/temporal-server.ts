import { join } from 'node:path';
import { serves } from './grpc-health.ts';
import { keptService } from './kept-service.ts';
import { launch } from './launched.ts';
import type { Place } from './place.ts';
import type { Part } from './supervisor.ts';
import { temporalVersion } from './temporal-download.ts';
import { temporalProgram } from './temporal-program.ts';

const graceMs = 5_000;
const readyTimeoutMs = 60_000;

/** A Temporal server of our own, with its state in the data directory, for this machine only. */
export async function temporalServer(
  place: Place,
  env: NodeJS.ProcessEnv,
): Promise<{ address: string; part: Promise<Part> }> {
  const { port } = await keptService(place.dataDir, 'temporal');
  return { address: `127.0.0.1:${port}`, part: makePart(place, env, port) };
}

async function makePart({ dataDir, log, processes }: Place, env: NodeJS.ProcessEnv, port: number): Promise<Part> {
  const file = await temporalProgram({ env, say: log.say, spawned: (pid) => processes.add('temporal', pid) });
  const say = log.from('temporal');
  return {
    name: 'temporal',
    graceMs,
    remedy: `The program is ${file}. Where it is older than ${temporalVersion}, update it or take it off the PATH; or set TEMPORAL_ADDRESS to a Temporal of yours.`,
    launch: () =>
      launch(
        {
          file,
          args: serverArguments({ port, database: join(dataDir, 'temporal.db'), namespace: env['TEMPORAL_NAMESPACE'] }),
          // Its own settings would change what it listens on and where it keeps its state.
          env: { PATH: env['PATH'], HOME: env['HOME'] },
          cwd: dataDir,
        },
        {
          // Beside its log it prints addresses, which are of use to nobody here.
          line: (text) => {
            if (/^(\{|error)/i.test(text)) say(text);
          },
          spawned: (pid) => processes.add('temporal', pid),
          answers: (over) => serves(`127.0.0.1:${port}`, 'temporal.api.workflowservice.v1.WorkflowService', over),
          timeoutMs: readyTimeoutMs,
        },
      ),
  };
}

function serverArguments(options: {
  port: number;
  database: string;
  namespace: string | undefined;
}): readonly string[] {
  const { port, database, namespace } = options;
  const flags: readonly (readonly [flag: string, value: string])[] = [
    ['ip', '127.0.0.1'],
    ['port', String(port)],
    ['log-format', 'json'],
    ['log-level', 'error'],
    ['db-filename', database],
    ['sqlite-pragma', 'journal_mode=wal'],
    ['sqlite-pragma', 'synchronous=1'],
    ...polled.map((queue) => ['dynamic-config-value', `history.${queue}ProcessorMaxPollRPS=2000`] as const),
    ['dynamic-config-value', 'matching.enableFairness=true'],
    // Of several partitions each is served by itself, so that a share would be fair within one alone. All are still read.
    ['dynamic-config-value', 'matching.numTaskqueueWritePartitions=1'],
    ...searchAttributes.map((attribute) => ['search-attribute', attribute] as const),
    ...(namespace === undefined || namespace === 'default' ? [] : [['namespace', namespace] as const]),
  ];
  return ['server', 'start-dev', '--headless', ...flags.flatMap(([flag, value]) => [`--${flag}`, value])];
}

/** With the default of 20 polls a second, each Action of a sequence waits for the next poll: about 100 ms. */
const polled = ['transfer', 'timer', 'visibility'];
const searchAttributes = [
  'PalvellaPipeline=Keyword',
  'PalvellaNumber=Int',
  'PalvellaStatus=Keyword',
  'PalvellaDefinition=Keyword',
];
