// Before any schema is made, as it adds to all that are made after it.
import '@hono/zod-openapi';

import type { Client } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import { expect } from 'vitest';
import { createControlActivities } from '../../activities/control/index.ts';
import type { RunDetail, RunSummary } from '../../core/api/objects.ts';
import { controlQueue, runWorkflowId } from '../../core/keys.ts';
import { openTemporal } from '../../platform/temporal/client.ts';
import { dataConverter } from '../../platform/temporal/data-converter.ts';
import { type ControlServices, createControlServices } from '../../workers/control/services.ts';
import { createSinks } from '../../workers/control/sinks.ts';
import { createSetting, type Setting } from '../api/setting.ts';
import { atEnd } from '../support/database.ts';
import { bundle } from '../workflows/harness.ts';
import { quiet } from '../workflows/temporal.ts';

/** The API beside what a control worker is made of, on a real database and a real Temporal. */
export interface ControlSetting extends Setting {
  client: Client;
  services: Setting['services'];
  control: ControlServices;
  start(pipeline: string, parameters?: object, priority?: number): Promise<RunSummary>;
  get(run: RunSummary): Promise<RunDetail>;
  stop(run: RunSummary): Promise<void>;
  /** Waits until the run is so. */
  until(run: RunSummary, status: string): Promise<RunDetail>;
  terminate(run: RunSummary): Promise<void>;
  /** What the sweeps of a control worker do in a minute. */
  sweep(): Promise<void>;
}

/** Call it in `beforeAll`. */
export async function createControlSetting(): Promise<ControlSetting> {
  quiet();
  const setting = await createSetting({ temporal: true });
  const { client, close } = openTemporal({ address: setting.temporalAddress, namespace: 'default' });
  const warn = () => {};
  const control = createControlServices({
    db: setting.db,
    client,
    dataDir: '/nowhere',
    url: 'http://x',
    environment: {},
    warn,
  });
  const connection = await NativeConnection.connect({ address: setting.temporalAddress });
  const worker = await Worker.create({
    connection,
    taskQueue: controlQueue,
    dataConverter,
    workflowBundle: await bundle(),
    activities: createControlActivities(control),
    sinks: createSinks(control.publisher),
    shutdownGraceTime: '1s',
  });
  const over = worker.run();
  atEnd(async () => {
    worker.shutdown();
    await over;
    await control.publisher.flush();
    await connection.close();
    await close();
  });
  const pathOf = ({ pipeline, number }: RunSummary) => `/runs/${encodeURIComponent(`${pipeline}/${number}`)}`;
  const get = async (run: RunSummary) => (await setting.call<RunDetail>('GET', pathOf(run))).body;

  return {
    ...setting,
    client,
    control,
    get,
    start: async (pipeline, parameters = {}, priority) =>
      (await setting.call<RunSummary>('POST', `/pipelines/${pipeline}/runs`, { parameters, priority })).body,
    stop: async (run) => void (await setting.call('POST', `${pathOf(run)}/stop`, {})),
    until: async (run, status) => {
      await expect.poll(async () => (await get(run)).status, { timeout: 30_000, interval: 50 }).toBe(status);
      return await get(run);
    },
    terminate: async ({ pipeline, number }) => {
      await client.workflow.getHandle(runWorkflowId(pipeline, number)).terminate();
    },
    sweep: async () => {
      await setting.db.pool.query(
        `update runs set "queuedAt" = "queuedAt" - interval '1 minute' where "endedAt" is null`,
      );
      await control.reconcile(warn);
      await control.handOverHolds();
    },
  };
}
