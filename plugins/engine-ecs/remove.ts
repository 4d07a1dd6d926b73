import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { nameOf, toFailure } from './api-error.ts';
import type { Aws } from './aws.ts';
import { logGroupOf, mainContainerName, volumeOf } from './definition.ts';
import { clusterTag, tagOf } from './names.ts';
import type { Place } from './places.ts';
import { taskState } from './task-state.ts';
import { describeTask, listTasks, stopTask } from './tasks.ts';
import { removeFolder } from './volume.ts';
import { volumeFolder, workspacePath } from './wrapper.ts';

/** How long the removal of a Job's files may take where a task does it. */
const removeMs = 600_000;
const pollMs = 1_000;

/**
 * Removes all that was made for a Job in a region. Its task definitions go last, as all else is found by them.
 * `folder`: the Job's on its volume; `known`: how its tasks are run, as far as this Worker knows.
 */
export async function removeJob(aws: Aws, prefix: string, folder: string, known: readonly Place[]): Promise<void> {
  try {
    const families = await familiesOf(aws, prefix);
    const emptied = new Set<string>();
    for (const family of families) {
      const { taskDefinition, tags = [] } = await aws.ecs.describeTaskDefinition({
        taskDefinition: family,
        include: ['TAGS'],
      });
      const cluster = tagOf(tags, clusterTag) ?? 'default';
      const container = mainContainerName(taskDefinition);
      const logGroup = logGroupOf(taskDefinition) ?? '';
      const run = known.find((place) => place.family === family)?.run;
      const place: Place = {
        region: aws.region,
        cluster,
        family,
        registered: true,
        container,
        logGroup,
        run: run ?? {},
      };
      await stopAll(aws, place);
      const efs = volumeOf(taskDefinition);
      const volume = JSON.stringify(efs ?? null);
      if (efs !== undefined && !emptied.has(volume)) await removeFiles(aws, place, efs, folder, run !== undefined);
      emptied.add(volume);
      await removeLogs(aws, logGroup, `${family}/`);
    }
    for (const family of families) await removeDefinitions(aws, family);
  } catch (error) {
    throw toFailure(error, aws);
  }
}

/** Of the task definitions whose family begins so. */
export async function familiesOf(aws: Aws, familyPrefix: string): Promise<string[]> {
  const found: string[] = [];
  let nextToken: string | undefined;
  do {
    const page = await aws.ecs.listTaskDefinitionFamilies({
      familyPrefix,
      status: 'ACTIVE',
      ...(nextToken && { nextToken }),
    });
    found.push(...(page.families ?? []));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return found;
}

async function stopAll(aws: Aws, place: Place): Promise<void> {
  const tasks = await listTasks(aws, place, { family: place.family }).catch((error: unknown) => {
    // The cluster is gone, and its tasks with it.
    if (nameOf((error as Error).cause) === 'ClusterNotFoundException') return [];
    throw error;
  });
  const running = tasks.filter((task) => taskState(task, place.container).kind !== 'over');
  await Promise.all(running.map(({ taskArn = '' }) => stopTask(aws, place, taskArn)));
}

async function removeFiles(
  aws: Aws,
  place: Place,
  efs: NonNullable<ReturnType<typeof volumeOf>>,
  folder: string,
  canRun: boolean,
): Promise<void> {
  const access_point = efs.authorizationConfig?.accessPointId;
  const root = efs.rootDirectory;
  const volume = { efs: efs.fileSystemId ?? '', ...(access_point && { access_point }), ...(root && { root }) };
  if (!(await removeFolder(volume, folder)) && canRun) await removeByTask(aws, place, folder);
}

async function removeByTask(aws: Aws, place: Place, folder: string): Promise<void> {
  const script = `chmod -R u+rwX ${volumeFolder}/${folder}; rm -rf ${volumeFolder}/${folder}`;
  const words = [randomUUID(), '', workspacePath(undefined), '', 'sh', '-c', script];
  const { tasks } = await aws.ecs.runTask({
    ...place.run,
    cluster: place.cluster,
    taskDefinition: place.family,
    propagateTags: 'TASK_DEFINITION',
    overrides: { containerOverrides: [{ name: place.container, command: words }] },
  });
  const arn = tasks?.[0]?.taskArn;
  const until = performance.now() + removeMs;
  while (arn !== undefined && performance.now() < until) {
    const task = await describeTask(aws, place, arn);
    if (task === undefined || taskState(task, place.container).kind === 'over') return;
    await sleep(pollMs);
  }
}

async function removeLogs(aws: Aws, logGroupName: string, logStreamNamePrefix: string): Promise<void> {
  try {
    for (;;) {
      const { logStreams = [] } = await aws.logs.describeLogStreams({ logGroupName, logStreamNamePrefix });
      if (logStreams.length === 0) return;
      for (const { logStreamName } of logStreams) {
        if (logStreamName !== undefined) await aws.logs.deleteLogStream({ logGroupName, logStreamName });
      }
    }
  } catch (error) {
    if (nameOf(error) !== 'ResourceNotFoundException') throw error;
  }
}

async function removeDefinitions(aws: Aws, familyPrefix: string): Promise<void> {
  const { taskDefinitionArns = [] } = await aws.ecs.listTaskDefinitions({ familyPrefix });
  for (const taskDefinition of taskDefinitionArns) {
    await aws.ecs.deregisterTaskDefinition({ taskDefinition });
    await aws.ecs.deleteTaskDefinitions({ taskDefinitions: [taskDefinition] });
  }
}
