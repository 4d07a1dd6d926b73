import { setTimeout as sleep } from 'node:timers/promises';
import type { Task } from '@aws-sdk/client-ecs';
import { toFailure } from './api-error.ts';
import type { Aws } from './aws.ts';
import type { Place } from './places.ts';
import { ourReason, taskState } from './task-state.ts';
import { stopTimeoutSeconds } from './wrapper.ts';

const pollMs = 500;
/** How long a task that was told to stop may take for it. */
const stopMs = (stopTimeoutSeconds + 90) * 1000;

/** Undefined where AWS knows no such task, or not any more. */
export async function describeTask(aws: Aws, place: Place, arn: string): Promise<Task | undefined> {
  try {
    const { tasks } = await aws.ecs.describeTasks({ cluster: place.cluster, tasks: [arn] });
    return tasks?.[0];
  } catch (error) {
    throw toFailure(error, place);
  }
}

/** The last one started under this name. */
export async function findTask(aws: Aws, place: Place, startedBy: string): Promise<Task | undefined> {
  const tasks = await listTasks(aws, place, { startedBy });
  const time = ({ createdAt }: Task) => createdAt?.getTime() ?? 0;
  return tasks.sort((a, b) => time(b) - time(a))[0];
}

/** Those that run and those that have ended lately. */
export async function listTasks(
  aws: Aws,
  place: Pick<Place, 'region' | 'cluster'>,
  which: { startedBy?: string; family?: string },
): Promise<Task[]> {
  const { cluster } = place;
  const found: Task[] = [];
  try {
    for (const desiredStatus of ['RUNNING', 'STOPPED'] as const) {
      let nextToken: string | undefined;
      do {
        const page = await aws.ecs.listTasks({ cluster, desiredStatus, ...which, ...(nextToken && { nextToken }) });
        const arns = page.taskArns ?? [];
        if (arns.length > 0) found.push(...((await aws.ecs.describeTasks({ cluster, tasks: arns })).tasks ?? []));
        nextToken = page.nextToken;
      } while (nextToken !== undefined);
    }
  } catch (error) {
    throw toFailure(error, place);
  }
  return found;
}

/** Resolves once none of its containers runs. */
export async function stopTask(aws: Aws, place: Place, arn: string): Promise<void> {
  try {
    await aws.ecs.stopTask({ cluster: place.cluster, task: arn, reason: ourReason });
  } catch (error) {
    // It is long gone.
    if (error instanceof Error && /task was not found/i.test(error.message)) return;
    throw toFailure(error, place);
  }
  const until = performance.now() + stopMs;
  while (performance.now() < until) {
    const task = await describeTask(aws, place, arn);
    if (task === undefined || taskState(task, place.container).kind === 'over') return;
    await sleep(pollMs);
  }
}
