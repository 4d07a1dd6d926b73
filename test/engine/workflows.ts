import { ActivityFailure, ApplicationFailure, proxyActivities, TimeoutFailure } from '@temporalio/workflow';
import type { ActionResult, ActionTask, EngineActivities } from '../../activities/types.ts';

/** As the interpreter does: the requirement queue once, then the queue of the Worker that has the Job. */
export async function oneAction(task: ActionTask, queue: string, workerId: string): Promise<ActionResult> {
  const heartbeatTimeout = '3s';
  const first = proxyActivities<EngineActivities>({
    taskQueue: queue,
    scheduleToCloseTimeout: '5m',
    heartbeatTimeout,
    retry: { maximumAttempts: 1 },
    cancellationType: 'WAIT_CANCELLATION_COMPLETED',
  });
  const then = proxyActivities<EngineActivities>({
    taskQueue: `worker/${workerId}`,
    scheduleToCloseTimeout: '5m',
    heartbeatTimeout,
    retry: { initialInterval: '100ms' },
    cancellationType: 'WAIT_CANCELLATION_COMPLETED',
  });
  try {
    return await first.runAction(task);
  } catch (error) {
    const cause = error instanceof ActivityFailure ? error.cause : undefined;
    const lost = cause instanceof ApplicationFailure && cause.type === 'worker_lost';
    if (!(cause instanceof TimeoutFailure) && !lost) throw error;
    return await then.runAction(task);
  }
}
