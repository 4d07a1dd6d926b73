import { type ActivityInterfaceFor, proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { ControlActivities, EngineActivities, ScheduleActivities } from '../activities/types.ts';
import { type ActionKey, workerQueue } from '../core/keys.ts';

/** An activity has no end of its own: its Action's timeout is the Worker's to keep, a lost Worker shows by its heartbeat. */
const noEnd = '3650 days';
/** A Worker that is killed is noticed after this long. */
const heartbeatTimeout = '5s';
/** How long a Worker may take to come back before somebody asks whether it is lost. */
const comeBackTimeout = '60s';

const here = { startToCloseTimeout: '30s', retry: { initialInterval: '200ms', maximumInterval: '10s' } } as const;

/** They run in the control worker's own process: no task queue between, and one event each. */
export const control: ActivityInterfaceFor<ControlActivities> = proxyLocalActivities<ControlActivities>(here);
export const schedules: ActivityInterfaceFor<ScheduleActivities> = proxyLocalActivities<ScheduleActivities>(here);

/** Reads a log, which may be long. */
export const logReader: Pick<ActivityInterfaceFor<ControlActivities>, 'matchLog'> = proxyActivities<ControlActivities>({
  taskQueue: 'control',
  startToCloseTimeout: '10m',
  retry: { initialInterval: '1s', maximumInterval: '30s' },
});

/** Whoever serves the queue may take the Job, once. */
export function anyWorker(queue: string, key: ActionKey): ActivityInterfaceFor<EngineActivities> {
  return proxyActivities<EngineActivities>({
    ...idOf(key),
    taskQueue: queue,
    startToCloseTimeout: noEnd,
    heartbeatTimeout,
    retry: { maximumAttempts: 1 },
    cancellationType: 'WAIT_CANCELLATION_COMPLETED',
  });
}

/** The Worker that has the Job, also after it was away. */
export function thatWorker(workerId: string, key: ActionKey): ActivityInterfaceFor<EngineActivities> {
  return proxyActivities<EngineActivities>({
    ...idOf(key),
    taskQueue: workerQueue(workerId),
    startToCloseTimeout: noEnd,
    scheduleToStartTimeout: comeBackTimeout,
    heartbeatTimeout,
    retry: { initialInterval: '200ms', backoffCoefficient: 1.5, maximumInterval: '5s' },
    cancellationType: 'WAIT_CANCELLATION_COMPLETED',
  });
}

/** Longest that Temporal takes. */
const longestId = 1_000;

/** So that a history shows which Action each activity is, and replay notices where Actions come in another order. */
function idOf({ jobPath, jobAttempt, action, attempt }: ActionKey): { activityId?: string } {
  const activityId = `${jobPath}#${jobAttempt}/${action}#${attempt}`;
  return activityId.length <= longestId ? { activityId } : {};
}

/** Teardown may fail for long where a Worker is away: what is left then the Worker is told to remove when it is back. */
export function teardownOn(workerId: string): Pick<ActivityInterfaceFor<EngineActivities>, 'teardownJob'> {
  return proxyActivities<EngineActivities>({
    taskQueue: workerQueue(workerId),
    scheduleToCloseTimeout: '60s',
    startToCloseTimeout: '60s',
    retry: { initialInterval: '500ms' },
  });
}
