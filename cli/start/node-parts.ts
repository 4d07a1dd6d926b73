import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { homeFolder } from '../user-folders.ts';
import { splitCredentials } from './credential-environment.ts';
import type { ProcessList } from './leftovers.ts';
import { nodePart } from './node-part.ts';
import type { ServerLog } from './server-log.ts';
import type { Part } from './supervisor.ts';

export interface NodePartsOptions {
  dataDir: string;
  log: ServerLog;
  processes: ProcessList;
  url: string;
  port: number;
  host: string;
  databaseUrl: string;
  temporal: string;
  workerToken: string;
  workerId: string;
  settings?: NodeJS.ProcessEnv;
}

/** Small young generations: these processes idle most of the time, and memory counts more than its collection. */
const leanFlags = ['--max-semi-space-size=4'];

/** Web, control worker and engine worker, each with only the settings that it needs. */
export function nodeParts(options: NodePartsOptions): Promise<Part>[] {
  const { credentials, others } = splitCredentials(process.env);
  const common = commonEnv(options, others);
  const database = {
    DATABASE_URL: options.databaseUrl,
    PGUSER: process.env['PGUSER'],
    PGPASSWORD: process.env['PGPASSWORD'],
  };
  const part = (name: string, entry: string, env: NodeJS.ProcessEnv, graceMs: number) =>
    Promise.resolve(
      nodePart({ name, entry, env: { ...common, ...env }, graceMs, flags: leanFlags }, options.log, options.processes),
    );
  return [
    part(
      'web',
      'web/server/main.ts',
      {
        ...credentials,
        ...database,
        PALVELLA_PORT: String(options.port),
        PALVELLA_HOST: options.host,
        NODE_ENV: 'production',
      },
      5_000,
    ),
    part('control', 'workers/control.ts', database, 10_000),
    part(
      'engine',
      'workers/engine.ts',
      { PALVELLA_WORKER_TOKEN: options.workerToken, PALVELLA_WORKER_ID: options.workerId, PATH: enginePath() },
      10_000,
    ),
  ];
}

function commonEnv(options: NodePartsOptions, environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  // Secrets of the server are handed out by name, to the processes that need them.
  const { DATABASE_URL: _, PGUSER: __, PGPASSWORD: ___, PALVELLA_TOKEN: ____, ...inherited } = environment;
  return {
    ...inherited,
    PALVELLA_URL: options.url,
    PALVELLA_DATA_DIR: options.dataDir,
    PALVELLA_LOG_FORMAT: 'json',
    TEMPORAL_ADDRESS: options.temporal,
    TEMPORAL_NAMESPACE: process.env['TEMPORAL_NAMESPACE'] ?? 'default',
    ...options.settings,
  };
}

/** With the folder where `go install` puts programs, as tools that were built on this machine are there. */
function enginePath(): string {
  const go = join(homeFolder(process.env), 'go/bin');
  return [process.env['PATH'] ?? '', ...(existsSync(go) ? [go] : [])].join(delimiter);
}
