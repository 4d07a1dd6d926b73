import { setTimeout as sleep } from 'node:timers/promises';
import { type NativeConnection, Worker, type WorkerTuner } from '@temporalio/worker';
import type { Places } from '../../activities/engine/places.ts';
import type { EngineActivities } from '../../activities/types.ts';
import { workerQueue } from '../../core/keys.ts';
import { dataConverter } from '../../platform/temporal/data-converter.ts';

const slots = 1000;
const again = 1000;

export interface QueueParts {
  connection: NativeConnection;
  namespace: string;
  workerId: string;
  activities: EngineActivities;
  places: Places;
  warn(message: string, error: unknown): void;
}

/** One Temporal Worker a queue: the host's own, and one for each set of requirements that it satisfies. */
export interface Queues {
  /** Serves these, too. */
  serve(queues: readonly string[]): Promise<void>;
  /** Takes no more; resolves when all activities have answered. */
  stop(): Promise<void>;
}

export async function createQueues(parts: QueueParts): Promise<Queues> {
  const served = new Map<string, { worker: Worker; over: Promise<void> }>();
  let stopping = false;

  async function add(queue: string): Promise<void> {
    const own = queue === workerQueue(parts.workerId);
    const { activities, tuner } = own ? { activities: parts.activities } : gated(parts);
    const worker = await Worker.create({
      connection: parts.connection,
      namespace: parts.namespace,
      taskQueue: queue,
      dataConverter,
      identity: parts.workerId,
      activities,
      maxHeartbeatThrottleInterval: '1s',
      // How long is for the activities to say: they answer at once when the Worker stops.
      shutdownForceTime: '20s',
      ...(tuner === undefined ? { maxConcurrentActivityTaskExecutions: slots } : { tuner }),
    });
    const over = worker.run().catch(async (error: unknown) => {
      parts.warn(`the queue ${queue} broke off`, error);
      if (stopping) return;
      await sleep(again);
      await add(queue);
    });
    served.set(queue, { worker, over });
  }

  async function serve(queues: readonly string[]): Promise<void> {
    for (const queue of queues) if (!served.has(queue) && !stopping) await add(queue);
  }

  await serve([workerQueue(parts.workerId)]);
  return {
    serve,
    async stop() {
      stopping = true;
      for (const { worker } of served.values()) if (worker.getState() === 'RUNNING') worker.shutdown();
      await Promise.all([...served.values()].map(({ over }) => over));
    },
  };
}

/**
 * A Worker asks for as many new Jobs as it has places, so that a full one asks for none, and none comes that has to be
 * given back. Places are counted in Jobs, so slots only open and close the gate. Each queue counts what it asked for by
 * itself: one that brings nothing keeps no other from asking.
 */
function gated({ activities, places }: QueueParts): { activities: EngineActivities; tuner: WorkerTuner } {
  const fixed = { type: 'fixed-size', numSlots: 1 } as const;
  let reserved = 0;
  /** Of those reserved, that brought an Action, which then has a place or waits for one. */
  let arrived = 0;

  return {
    activities: {
      ...activities,
      async runAction(task) {
        arrived += 1;
        try {
          return await activities.runAction(task);
        } finally {
          arrived -= 1;
        }
      },
    },
    tuner: {
      workflowTaskSlotSupplier: fixed,
      localActivityTaskSlotSupplier: fixed,
      nexusTaskSlotSupplier: fixed,
      activityTaskSlotSupplier: {
        type: 'custom',
        async reserveSlot(_, signal) {
          while (places.open <= reserved - arrived) {
            await places.changed(signal);
            signal.throwIfAborted();
          }
          reserved += 1;
          return {};
        },
        tryReserveSlot: () => null,
        markSlotUsed: () => undefined,
        releaseSlot() {
          reserved -= 1;
          places.look();
        },
      },
    },
  };
}
