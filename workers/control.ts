/**
 * The control worker: runs the workflows, and the activities that need the database. The only Worker inside the trust
 * boundary.
 */
import { join } from 'node:path';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import pino from 'pino';
import { createControlActivities } from '../activities/control/index.ts';
import { createScheduleActivities } from '../activities/control/schedules.ts';
import { controlQueue } from '../core/keys.ts';
import { createEvents } from '../platform/events/index.ts';
import { openTemporal, temporalPlace } from '../platform/temporal/client.ts';
import { dataConverter } from '../platform/temporal/data-converter.ts';
import { registerSearchAttributes } from '../platform/temporal/register-search-attributes.ts';
import { openDatabase } from '../prisma/database.ts';
import { watchInbox } from './control/inbox-watch.ts';
import { createControlServices } from './control/services.ts';
import { createSinks } from './control/sinks.ts';
import { startSweeps } from './control/sweeps.ts';

const logger = pino({ base: { part: 'control-worker' } });
const warn = (message: string, error: unknown) => logger.warn({ err: error }, message);

async function main(): Promise<void> {
  Runtime.install({
    logger: new DefaultLogger('ERROR', ({ message, meta }) => logger.error({ meta }, message)),
    shutdownSignals: [],
  });
  const place = temporalPlace(process.env);
  const db = openDatabase(process.env['DATABASE_URL'] ?? '');
  const temporal = openTemporal(place);
  const services = createControlServices({
    db,
    client: temporal.client,
    dataDir: process.env['PALVELLA_DATA_DIR'] ?? '.palvella',
    url: process.env['PALVELLA_URL'] ?? '',
    environment: process.env,
    warn,
  });
  const connection = await NativeConnection.connect({ address: place.address });
  await registerSearchAttributes(temporal.client);
  const worker = await Worker.create({
    connection,
    namespace: place.namespace,
    taskQueue: controlQueue,
    dataConverter,
    workflowBundle: { codePath: join(import.meta.dirname, '../dist/workflows.js') },
    activities: { ...createControlActivities(services), ...createScheduleActivities(services.scheduledStarts) },
    sinks: createSinks(services.publisher),
    maxCachedWorkflows: 500,
    maxConcurrentWorkflowTaskExecutions: 100,
    shutdownGraceTime: '5s',
  });
  const sweeps = startSweeps(services, warn);
  const events = createEvents(process.env['DATABASE_URL'] ?? '', warn);
  const inbox = watchInbox(events, services.decideDeliveries, warn);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => worker.shutdown());
  const over = worker.run();
  process.stdout.write(`${JSON.stringify({ ready: true })}\n`);
  await over;
  await Promise.all([sweeps.stop(), inbox.stop()]);
  await services.publisher.flush();
  await Promise.all([events.close(), connection.close(), temporal.close(), db.close()]);
  process.exit(0);
}

try {
  await main();
} catch (error) {
  process.stderr.write(`The control worker cannot go on: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
