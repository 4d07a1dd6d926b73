import type { Client, WorkflowHandle } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import type { ScheduleActivities } from '../../activities/types.ts';
import { controlQueue, scheduledStartIds, scheduleId } from '../../core/keys.ts';
import { openTemporal } from '../../platform/temporal/client.ts';
import { dataConverter } from '../../platform/temporal/data-converter.ts';
import type { scheduledStart } from '../../workflows/index.ts';
import { freePort } from '../support/postgres.ts';
import { startTemporal } from '../support/temporal.ts';
import { until } from './until.ts';

/** What a Schedule started, and what a database answers it: `looks` counts how often it was asked. */
export interface Scheduled {
  handle: WorkflowHandle<typeof scheduledStart>;
  known: { looks: number; isOver: boolean };
}

/** One time of a Schedule whose history is kept for ever, as those of runs are. */
export interface ScheduledScenario {
  name: string;
  drive(scheduled: Scheduled): Promise<void>;
}

export const scheduledScenarios: readonly ScheduledScenario[] = [
  {
    name: 'scheduled',
    async drive({ handle, known }) {
      await until(() => known.looks === 2);
      known.isOver = true;
      await handle.signal('scheduledRunEnded');
    },
  },
  {
    name: 'scheduled-stopped',
    async drive({ handle, known }) {
      await until(() => known.looks === 1);
      await handle.cancel();
      await until(() => known.looks === 2);
      known.isOver = true;
      await handle.signal('scheduledRunEnded');
    },
  },
];

/** Has a Temporal start each by a Schedule, as the server that runs ahead of the clock knows none. */
export async function recordScheduled(
  missing: readonly ScheduledScenario[],
  workflowBundle: { code: string },
  keep: (name: string, handle: Scheduled['handle']) => Promise<void>,
): Promise<void> {
  const address = `127.0.0.1:${await freePort()}`;
  const server = await startTemporal(address);
  const { client, close } = openTemporal({ address, namespace: 'default' });
  const connection = await NativeConnection.connect({ address });
  for (const { name, drive } of missing) {
    const known = { looks: 0, isOver: false };
    const activities: ScheduleActivities = {
      receiveScheduled: async () => {},
      lookAtScheduled: async () => {
        known.looks += 1;
        return known.isOver;
      },
    };
    const worker = await Worker.create({
      connection,
      taskQueue: controlQueue,
      dataConverter,
      workflowBundle,
      activities,
    });
    await worker.runUntil(async () => {
      const handle = await started(client, name);
      await Promise.all([handle.result(), drive({ handle, known })]);
      await keep(name, handle);
    });
  }
  await connection.close();
  await close();
  await server.stop();
}

async function started(client: Client, trigger: string): Promise<Scheduled['handle']> {
  const schedule = await client.schedule.create({
    scheduleId: scheduleId(trigger),
    spec: {},
    action: {
      type: 'startWorkflow',
      workflowType: 'scheduledStart',
      taskQueue: controlQueue,
      workflowId: scheduledStartIds(trigger),
      args: [{ trigger }],
    },
  });
  await schedule.trigger();
  for (;;) {
    const [last] = (await schedule.describe()).info.recentActions;
    if (last !== undefined) return client.workflow.getHandle<typeof scheduledStart>(last.action.workflow.workflowId);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
