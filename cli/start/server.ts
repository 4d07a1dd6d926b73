import { signInUrl } from '../../core/sign-in.ts';
import { build } from '../build/build.ts';
import { type ConnectionFile, connectionFile, serverAddress } from '../connection.ts';
import { CommandFailure } from '../failure.ts';
import { whenAsked } from './asked-to-end.ts';
import { openDataDirectory } from './data-directory.ts';
import { keptState, writePrivate } from './kept-state.ts';
import { endLeftovers } from './leftovers.ts';
import { nodeParts } from './node-parts.ts';
import type { Place } from './place.ts';
import { portFault } from './ports.ts';
import { prepareDatabase } from './prepare-database.ts';
import { createRunning, type Running, stopped } from './running.ts';
import type { ServerLog } from './server-log.ts';
import { database, temporal } from './services.ts';

export interface ServerOptions {
  dataDir: string;
  port: number;
  host: string;
  log: ServerLog;
  /** For our own processes, beside what they all get. */
  settings?: NodeJS.ProcessEnv;
  /** Aborted when somebody wants an end, also while it is still starting. */
  asked: AbortSignal;
}

export interface Server {
  url: string;
  token: string;
  /** Address that signs a browser in, once. */
  signIn: string;
  stop(): Promise<void>;
}

/** Starts every part; where one cannot be started, ends the others and throws what went wrong in one line. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const data = openDataDirectory(options.dataDir);
  const running = createRunning(options.log.say);
  const processes = await endLeftovers(data.path, options.log.say);
  const stop = async () => {
    await running.stop();
    await processes.end();
    data.release();
  };
  try {
    // Only now: what an earlier start left behind may have listened there.
    await assertFree(options);
    const starting = startParts(options, { dataDir: data.path, log: options.log, processes }, running);
    return { ...(await Promise.race([starting, ended(options.asked)])), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function assertFree({ port, host }: ServerOptions): Promise<void> {
  const fault = await portFault(port, host);
  if (fault === undefined) return;
  throw new CommandFailure(
    2,
    `${host}:${port} cannot be listened on (${fault}). Stop what uses it, or give another port with --port.`,
  );
}

function ended(asked: AbortSignal): Promise<never> {
  return new Promise((_, fail) => {
    whenAsked(asked, () => fail(stopped()));
  });
}

async function startParts(options: ServerOptions, place: Place, running: Running): Promise<Omit<Server, 'stop'>> {
  const url = serverAddress(process.env['PALVELLA_URL'] || `http://localhost:${options.port}`);
  const kept = keptState(place.dataDir);
  const db = await database(place);
  const flow = await temporal(place);
  // Building needs neither, and both need no build.
  await Promise.all([running.wave([...db.parts, ...flow.parts]), build(options.log.say)]);
  const { link } = await prepareDatabase({ databaseUrl: db.url, ...kept });
  await running.wave(nodeParts({ ...options, ...place, ...kept, url, databaseUrl: db.url, temporal: flow.address }));
  const left: ConnectionFile = { url, token: kept.adminToken, temporal: flow.address };
  writePrivate(connectionFile(place.dataDir), left);
  return { url, token: kept.adminToken, signIn: signInUrl(url, link) };
}
