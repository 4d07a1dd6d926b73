/**
 * The engine Worker: runs Actions on the Engines of its host. It knows two addresses, Temporal's and Palvella's API,
 * and holds a worker token; never the database.
 */
import { arch, hostname, platform } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import pino from 'pino';
import { createEngineActivities } from '../activities/engine/index.ts';
import type { WorkerHello } from '../core/api/worker.ts';
import { errorCode } from '../core/errors.ts';
import { parseAllowed } from '../platform/outbound/addresses.ts';
import { createFetchGuard } from '../platform/outbound/fetch-guard.ts';
import { loadActionPlugins } from '../platform/plugins/load.ts';
import { createApiClient } from './engine/api-client.ts';
import { inDockerWords } from './engine/docker-words.ts';
import { createHeartbeats } from './engine/heartbeats.ts';
import { ownTemporaryFiles, takeFolder, workerIdentity } from './engine/identity.ts';
import { openLog } from './engine/log-shipper.ts';
import { createMasker } from './engine/masker.ts';
import { loadPlugins } from './engine/plugins.ts';
import { createQueues } from './engine/queues.ts';
import { readSettings, type WorkerSettings } from './engine/settings.ts';

/** How long the orderly stop may take before the process ends all the same. */
const stopMs = 15_000;
const reconnectMs = 500;
/** How often it is looked whether there are Engines by now that were not there at the start. */
const lookMs = 30_000;

const logger = pino({ base: { part: 'engine-worker' } });
const warn = (message: string, error: unknown) => logger.warn({ err: error }, message);

async function main(): Promise<void> {
  const settings = readSettings(process.env);
  // Failures of activities are answers to the workflow; only what breaks the Worker itself is for its log.
  const temporalLogger = new DefaultLogger('ERROR', ({ message, meta }) => logger.error({ meta }, message));
  Runtime.install({ logger: temporalLogger, shutdownSignals: [] });
  const workerId = await workerIdentity(settings.stateFolder, settings.workerId);
  takeFolder(settings.stateFolder);
  await ownTemporaryFiles(settings.stateFolder);
  const stopping = new AbortController();
  const closing = new AbortController();
  const stop = (): void => stopping.abort();
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);

  const plugins = await loadPlugins(
    { stateFolder: settings.stateFolder, workerId },
    settings.engines,
    await loadActionPlugins(process.env['PALVELLA_PLUGINS']),
  );
  const api = createApiClient(settings.url, settings.token, closing.signal);
  const guard = createFetchGuard(parseAllowed(settings.allowedAddresses));
  const set = createEngineActivities({
    workerId,
    stateFolder: settings.stateFolder,
    plugins,
    api,
    openLog,
    createMasker,
    fetch: guard.fetch,
    setting: settings.setting,
    capacity: settings.capacity,
    stopping: stopping.signal,
    warn,
  });

  let ready = false;
  stopping.signal.addEventListener('abort', () => {
    if (!ready) process.exit(0);
    setTimeout(() => process.exit(0), stopMs).unref();
  });
  const hello = describeWorker(workerId, plugins.found, settings);
  const welcome = await api.hello(hello);
  const heartbeats = createHeartbeats({ api, hello, plugins, set, warn });
  // Before any work: a Worker that comes back ends what is no longer its own.
  const orders = await heartbeats.once(false);
  const connection = await connectTemporal(settings, stopping.signal);
  const queues = await createQueues({
    connection,
    namespace: settings.namespace,
    workerId,
    activities: set.activities,
    places: set.places,
    warn,
  });
  await queues.serve([...welcome.queues, ...orders.queues]);
  ready = true;
  process.stdout.write(`${JSON.stringify({ ready: true, workerId, engines: plugins.found })}\n`);

  const looking = setInterval(() => {
    // Said in the hello, since `found` is what it holds.
    const more = async () => (await plugins.lookAgain()) && queues.serve((await api.hello(hello)).queues);
    more().catch((error: unknown) => warn('Engines could not be looked for again', error));
  }, lookMs);
  await heartbeats.run(welcome.heartbeatMs, ({ queues: names }) => queues.serve(names), stopping.signal);

  clearInterval(looking);
  await queues.stop();
  const last = Promise.all([set.settle(), heartbeats.once(true)]).catch((error: unknown) =>
    warn('the last words were lost', error),
  );
  await Promise.race([last, sleep(2_000)]);
  closing.abort();
  await Promise.all((await plugins.engines()).map((engine) => engine.close()));
  await connection.close();
  process.exit(0);
}

function describeWorker(id: string, engines: WorkerHello['engines'], settings: WorkerSettings): WorkerHello {
  const { capacity, labels } = settings;
  const system = inDockerWords({ os: platform(), arch: arch() });
  return { id, host: hostname(), ...system, engines, labels, capacity };
}

/** Temporal may come up after this Worker. */
async function connectTemporal(settings: WorkerSettings, signal: AbortSignal): Promise<NativeConnection> {
  for (;;) {
    try {
      return await NativeConnection.connect({ address: settings.temporalAddress });
    } catch (error) {
      signal.throwIfAborted();
      warn(`Temporal at ${settings.temporalAddress} cannot be reached yet`, error);
      await sleep(reconnectMs, undefined, { signal }).catch(() => undefined);
    }
  }
}

try {
  await main();
} catch (error) {
  process.stderr.write(`The engine Worker cannot go on: ${error instanceof Error ? error.message : String(error)}\n`);
  // What it was given is wrong: trying again cannot help.
  process.exit(errorCode(error) === 'invalid_request' ? 2 : 1);
}
