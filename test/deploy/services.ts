import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { atEnd, freePort, startPostgres } from '../support/database.ts';
import { forward } from './setting.ts';

export interface Services {
  /** As pods reach it: `host:port/database`. */
  database: string;
  user: string;
  password: string;
  /** As pods reach it. */
  temporal: string;
  /** As this machine reaches it. */
  temporalHere: string;
}

/** A PostgreSQL and a Temporal beside the cluster, on loopback; what pods are given is a forwarder. */
export async function servicesBesideCluster(): Promise<Services> {
  const postgres = await startPostgres();
  atEnd(postgres.stop);
  const { username, password, port } = new URL(postgres.url);
  const temporalPort = await freePort();
  const server = spawn('temporal', ['server', 'start-dev', '--headless', '--port', String(temporalPort)], {
    stdio: 'ignore',
  });
  atEnd(async () => {
    server.kill();
    await once(server, 'exit');
  });
  const [database, temporal] = await Promise.all([
    forward(() => ({ host: '127.0.0.1', port: Number(port) })),
    forward(() => ({ host: '127.0.0.1', port: temporalPort })),
  ]);
  return {
    database: `${database.host}:${database.port}/postgres`,
    user: username,
    password,
    temporal: `${temporal.host}:${temporal.port}`,
    temporalHere: `127.0.0.1:${temporalPort}`,
  };
}
