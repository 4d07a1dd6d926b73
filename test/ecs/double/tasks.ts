import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunTaskRequest, Tag } from '@aws-sdk/client-ecs';
import type Docker from 'dockerode';
import { AwsError } from './aws-error.ts';
import { type RunningContainer, startContainer } from './containers.ts';
import { account, type createDefinitions } from './definitions.ts';
import type { Logs } from './logs.ts';

/** As AWS describes it: times in seconds. */
interface TaskView {
  taskArn: string;
  clusterArn: string;
  taskDefinitionArn: string;
  group: string;
  startedBy?: string;
  lastStatus: string;
  desiredStatus: 'RUNNING' | 'STOPPED';
  launchType: string;
  createdAt: number;
  startedAt?: number;
  stoppedAt?: number;
  stopCode?: string;
  stoppedReason?: string;
  overrides: object;
  containers: {
    containerArn: string;
    taskArn: string;
    name: string;
    image: string;
    lastStatus: string;
    imageDigest?: string;
    exitCode?: number;
    reason?: string;
  }[];
  tags: Tag[];
}

/** How the next task ends before it runs. */
export interface StartFailure {
  reason: string;
  stopCode?: string;
}

const longestOverrides = 8192;
const stepMs = 40;
const now = () => Date.now() / 1000;

export function createTasks(
  docker: Docker,
  definitions: ReturnType<typeof createDefinitions>,
  logs: Logs,
  volumes: string,
  clusters: readonly string[],
) {
  const views = new Map<string, TaskView>();
  const running = new Map<string, RunningContainer[]>();
  const asked = new Map<string, { request: string; arn: string }>();
  const startFailures: StartFailure[] = [];

  function clusterOf(given = 'default'): string {
    const name = given.slice(given.lastIndexOf('/') + 1);
    if (!clusters.includes(name)) throw new AwsError('ClusterNotFoundException', 'Cluster not found.');
    return name;
  }

  function run(view: TaskView, input: RunTaskRequest): void {
    play(view, input).catch((error: unknown) => {
      view.stopCode ??= 'TaskFailedToStart';
      view.stoppedReason ??= (error as Error).message;
      const [container] = view.containers;
      if (container !== undefined) container.reason = (error as Error).message;
      settle(view);
    });
  }

  async function play(view: TaskView, input: RunTaskRequest): Promise<void> {
    const { definition } = definitions.find(view.taskDefinitionArn);
    await sleep(stepMs);
    view.lastStatus = 'PENDING';
    await sleep(stepMs);
    const failure = startFailures.shift();
    if (failure !== undefined) {
      view.stopCode = failure.stopCode ?? 'TaskFailedToStart';
      throw new Error(failure.reason);
    }
    if (view.desiredStatus === 'STOPPED') return settle(view);
    const started: RunningContainer[] = [];
    running.set(view.taskArn, started);
    for (const container of definition.containerDefinitions) {
      const override = input.overrides?.containerOverrides?.find(({ name }) => name === container.name);
      const taskId = view.taskArn.slice(view.taskArn.lastIndexOf('/') + 1);
      const one = await startContainer(docker, { definition, container, override, taskId, volumes, logs });
      started.push(one);
      const shown = view.containers.find(({ name }) => name === container.name);
      if (shown !== undefined) Object.assign(shown, { lastStatus: 'RUNNING', imageDigest: one.imageDigest });
    }
    view.lastStatus = 'RUNNING';
    view.startedAt = now();
    if ((view.desiredStatus as string) === 'STOPPED') void stopContainers(view.taskArn);
    const endings = started.map(async (one, index) => {
      const { exitCode, outOfMemory } = await one.ended;
      const shown = view.containers[index];
      if (shown !== undefined) {
        Object.assign(shown, { lastStatus: 'STOPPED', exitCode });
        if (outOfMemory) shown.reason = 'OutOfMemoryError: Container killed due to memory usage';
      }
      if (definition.containerDefinitions[index]?.essential === false) return;
      view.desiredStatus = 'STOPPED';
      view.stopCode ??= 'EssentialContainerExited';
      view.stoppedReason ??= 'Essential container in task exited';
      await stopContainers(view.taskArn);
    });
    await Promise.all(endings);
    view.lastStatus = 'DEPROVISIONING';
    await sleep(stepMs);
    settle(view);
  }

  function settle(view: TaskView): void {
    view.desiredStatus = 'STOPPED';
    view.lastStatus = 'STOPPED';
    view.stoppedAt = now();
    for (const container of view.containers) container.lastStatus = 'STOPPED';
    running.delete(view.taskArn);
  }

  async function stopContainers(arn: string): Promise<void> {
    const all = running.get(arn) ?? [];
    await Promise.all(
      all.map(({ container, stopTimeout }) => container.stop({ t: stopTimeout }).catch(() => undefined)),
    );
  }

  function find(cluster: string | undefined, task: string): TaskView | undefined {
    clusterOf(cluster);
    return [...views.values()].find(({ taskArn }) => taskArn === task || taskArn.endsWith(`/${task}`));
  }

  function stop(view: TaskView, stopCode: string, reason: string): void {
    if (view.desiredStatus === 'STOPPED') return;
    Object.assign(view, { desiredStatus: 'STOPPED', stopCode, stoppedReason: reason });
    void stopContainers(view.taskArn);
  }

  const operations = {
    RunTask(input: RunTaskRequest) {
      const cluster = clusterOf(input.cluster);
      const { clientToken = '', ...request } = input;
      const before = asked.get(clientToken);
      if (before !== undefined) {
        if (before.request !== JSON.stringify(request)) {
          throw new AwsError('ConflictException', 'The clientToken was used with other parameters.', {
            resourceIds: [before.arn],
          });
        }
        return { tasks: [views.get(before.arn)], failures: [] };
      }
      const { definition, tags } = definitions.find(input.taskDefinition ?? '');
      if (definition.networkMode === 'awsvpc' && input.networkConfiguration === undefined) {
        throw new AwsError(
          'InvalidParameterException',
          'Network Configuration must be provided when networkMode ‘awsvpc’ is specified.',
        );
      }
      if (input.launchType !== undefined && input.capacityProviderStrategy !== undefined) {
        throw new AwsError(
          'InvalidParameterException',
          'Specifying both a launch type and a strategy is not supported.',
        );
      }
      if (Buffer.byteLength(JSON.stringify(input.overrides ?? {})) > longestOverrides) {
        throw new AwsError('InvalidParameterException', 'Container Overrides length must be at most 8192');
      }
      const taskArn = `${account}:task/${cluster}/${randomUUID().replaceAll('-', '')}`;
      const view: TaskView = {
        taskArn,
        clusterArn: `${account}:cluster/${cluster}`,
        taskDefinitionArn: definition.taskDefinitionArn,
        group: `family:${definition.family}`,
        ...(input.startedBy !== undefined && { startedBy: input.startedBy }),
        lastStatus: 'PROVISIONING',
        desiredStatus: 'RUNNING',
        launchType: input.launchType ?? 'FARGATE',
        createdAt: now(),
        overrides: input.overrides ?? {},
        containers: definition.containerDefinitions.map(({ name = '', image = '' }) => ({
          containerArn: `${account}:container/${randomUUID()}`,
          taskArn,
          name,
          image,
          lastStatus: 'PENDING',
        })),
        tags: input.propagateTags === 'TASK_DEFINITION' ? tags : [],
      };
      views.set(taskArn, view);
      if (clientToken !== '') asked.set(clientToken, { request: JSON.stringify(request), arn: taskArn });
      run(view, input);
      return { tasks: [view], failures: [] };
    },
    DescribeTasks(input: { cluster?: string; tasks: string[] }) {
      const found = input.tasks.map((task) => ({ task, view: find(input.cluster, task) }));
      return {
        tasks: found.flatMap(({ view }) => (view === undefined ? [] : [view])),
        failures: found.flatMap(({ task, view }) => (view === undefined ? [{ arn: task, reason: 'MISSING' }] : [])),
      };
    },
    ListTasks(input: { cluster?: string; family?: string; startedBy?: string; desiredStatus?: string }) {
      const cluster = clusterOf(input.cluster);
      const found = [...views.values()].filter(
        (view) =>
          view.clusterArn.endsWith(`/${cluster}`) &&
          view.desiredStatus === (input.desiredStatus ?? 'RUNNING') &&
          (input.startedBy === undefined || view.startedBy === input.startedBy) &&
          (input.family === undefined || view.group === `family:${input.family}`),
      );
      return { taskArns: found.map(({ taskArn }) => taskArn).slice(0, 100) };
    },
    StopTask(input: { cluster?: string; task: string; reason?: string }) {
      const view = find(input.cluster, input.task);
      if (view === undefined) {
        throw new AwsError('InvalidParameterException', 'The referenced task was not found.');
      }
      stop(view, 'UserInitiated', input.reason ?? '');
      return { task: view };
    },
  };
  return {
    operations,
    failStart: (failure: StartFailure) => void startFailures.push(failure),
    /** As ECS does by itself, or another person. */
    interrupt(task: string, stopCode: string, reason: string): void {
      const view = find(undefined, task);
      if (view !== undefined) stop(view, stopCode, reason);
    },
    views: () => [...views.values()],
    /** As ECS does an hour after they have ended. */
    forgetEnded(): void {
      for (const [arn, { lastStatus }] of views) if (lastStatus === 'STOPPED') views.delete(arn);
    },
  };
}
