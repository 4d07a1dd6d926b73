import { join } from 'node:path';
import { keptService } from './kept-service.ts';
import { type Launched, launch } from './launched.ts';
import type { Place } from './place.ts';
import { checkVersion, makeCluster, placeOf } from './postgres-cluster.ts';
import { clearTheWay } from './postgres-pid-file.ts';
import { type PostgresPrograms, postgresPrograms } from './postgres-programs.ts';
import type { Part } from './supervisor.ts';

/** Role and database that initdb makes. */
const role = 'palvella';
const graceMs = 10_000;
/** Recovery after a crash reads all of the log since the last checkpoint. */
const readyTimeoutMs = 120_000;
/** How long the processes of a server that was killed may take to notice. */
const orphansMs = 15_000;

/** A PostgreSQL of our own, in the folder `postgres` of the data directory, for this machine only. */
export async function postgres(place: Place): Promise<{ url: string; part: Promise<Part> }> {
  const folder = join(place.dataDir, 'postgres');
  const programs = await postgresPrograms();
  checkVersion(folder, programs.major);
  const { port, password } = await keptService(place.dataDir, 'postgres');
  const url = `postgresql://${role}:${password}@127.0.0.1:${port}/postgres`;
  return { url, part: makePart(place, programs, folder, port, password) };
}

async function makePart(
  place: Place,
  programs: PostgresPrograms,
  folder: string,
  port: number,
  password: string,
): Promise<Part> {
  await makeCluster(programs, folder, { role, password });
  return {
    name: 'postgres',
    graceMs,
    remedy: `Its files are in ${folder}: give another folder with --data-dir, or set DATABASE_URL to a PostgreSQL of yours.`,
    launch: () => launchOnceAlone(place, programs, folder, port),
  };
}

/** The processes of one that was killed live on for a moment, and nothing may use the files beside them. */
async function launchOnceAlone(
  place: Place,
  programs: PostgresPrograms,
  folder: string,
  port: number,
): Promise<Launched> {
  const deadline = Date.now() + orphansMs;
  for (;;) {
    let fatal: string | undefined;
    try {
      await clearTheWay(folder);
      return await launchServer(place, programs, folder, port, (text) => {
        fatal ??= text;
      });
    } catch (error) {
      if (fatal === undefined) throw error;
      if (!fatal.includes('pre-existing shared memory block') || Date.now() > deadline) throw new Error(fatal);
    }
    await new Promise((done) => setTimeout(done, 100));
  }
}

function launchServer(
  { log, processes }: Place,
  programs: PostgresPrograms,
  folder: string,
  port: number,
  fatal: (text: string) => void,
): Promise<Launched> {
  const say = log.from('postgres');
  const { cwd, argument } = placeOf(folder, programs);
  return launch(
    {
      file: programs.postgres,
      args: ['-D', argument, '-p', String(port), ...Object.entries(settings).flatMap((one) => ['-c', one.join('=')])],
      // Nothing of ours: it needs no setting and no secret of this process.
      env: { TZ: 'UTC', LC_ALL: 'C' },
      cwd,
      ...(programs.user === undefined ? {} : { user: programs.user }),
    },
    {
      line: (text) => {
        if (/^(FATAL|PANIC): /.test(text)) fatal(text);
        // What it says of its own start and end, our own lines say.
        if (!text.startsWith('LOG: ')) say(text);
      },
      spawned: (pid) => processes.add('postgres', pid),
      ready: (text) => text.includes('database system is ready to accept connections'),
      timeoutMs: readyTimeoutMs,
      // SIGTERM would wait for clients to go away by themselves.
      endWith: 'SIGINT',
    },
  );
}

/** Small, and as durable as PostgreSQL is by default: what it has acknowledged survives a power cut. */
const settings: Record<string, string> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '50',
  shared_buffers: '32MB',
  maintenance_work_mem: '32MB',
  max_wal_size: '256MB',
  // Nothing replicates from it, which saves log and processes.
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_logical_replication_workers: '0',
  max_parallel_workers_per_gather: '0',
  io_method: 'sync',
  jit: 'off',
  fsync: 'on',
  synchronous_commit: 'on',
  // A refused duplicate is part of normal work; the process that asked is told.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_checkpoints: 'off',
  log_line_prefix: '',
};
