import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ContainerDefinition, ContainerOverride } from '@aws-sdk/client-ecs';
import Docker from 'dockerode';
import type { Definition } from './definitions.ts';
import type { Logs } from './logs.ts';

export const ourLabel = 'dev.palvella.ecs-double';

export interface RunningContainer {
  container: Docker.Container;
  imageDigest: string;
  /** Seconds. */
  stopTimeout: number;
  ended: Promise<{ exitCode: number; outOfMemory: boolean }>;
}

export interface ContainerParts {
  definition: Definition;
  container: ContainerDefinition;
  override: ContainerOverride | undefined;
  taskId: string;
  /** Holds a folder for each file system. */
  volumes: string;
  logs: Logs;
}

/** Starts a container of a task on a real Docker daemon. What it throws is why ECS would have stopped the task. */
export async function startContainer(docker: Docker, parts: ContainerParts): Promise<RunningContainer> {
  const { definition, container: given, override, taskId, logs } = parts;
  const image = given.image ?? '';
  const found = await docker
    .getImage(image)
    .inspect()
    .catch(() => undefined);
  if (found === undefined) {
    throw new Error(
      `CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref ${image}: ${image}: not found`,
    );
  }
  const options = given.logConfiguration?.options ?? {};
  const group = options['awslogs-group'] ?? '';
  if (!logs.hasGroup(group)) {
    throw new Error(
      'ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log stream: ResourceNotFoundException: The specified log group does not exist. : exit status 1',
    );
  }
  const container = await docker.createContainer({
    Image: image,
    ...(given.entryPoint && { Entrypoint: given.entryPoint }),
    Cmd: override?.command ?? given.command ?? [],
    Env: [...(given.environment ?? []), ...(override?.environment ?? [])].map(({ name, value }) => `${name}=${value}`),
    Labels: { [ourLabel]: taskId },
    HostConfig: {
      Binds: bindsOf(parts),
      ...(definition.memory !== undefined && { Memory: Number(definition.memory) * 1024 * 1024 }),
    },
  });
  const stream = await container.attach({ stream: true, stdout: true, stderr: true });
  const driver = logs.driver(group, `${options['awslogs-stream-prefix']}/${given.name}/${taskId}`);
  const sink = { write: (bytes: Buffer) => driver.write(bytes) } as unknown as NodeJS.WritableStream;
  docker.modem.demuxStream(stream, sink, sink);
  const drained = new Promise((resolve) => stream.once('end', resolve).once('close', resolve));
  try {
    await container.start();
  } catch (error) {
    await container.remove({ force: true });
    throw new Error(`CannotStartContainerError: Error response from daemon: ${(error as Error).message}`);
  }
  return { container, imageDigest: found.Id, stopTimeout: given.stopTimeout ?? 30, ended: ended() };

  async function ended(): Promise<{ exitCode: number; outOfMemory: boolean }> {
    const { StatusCode } = (await container.wait()) as { StatusCode: number };
    const { State } = await container.inspect();
    await drained;
    driver.end();
    await container.remove({ force: true });
    return { exitCode: StatusCode, outOfMemory: State.OOMKilled };
  }
}

function bindsOf({ definition, container, volumes }: ContainerParts): string[] {
  return (container.mountPoints ?? []).map(({ sourceVolume, containerPath }) => {
    const efs = definition.volumes?.find(({ name }) => name === sourceVolume)?.efsVolumeConfiguration;
    const name = efs?.authorizationConfig?.accessPointId ?? efs?.fileSystemId ?? `bind-${sourceVolume}`;
    const folder = join(volumes, name, efs?.rootDirectory ?? '/');
    mkdirSync(folder, { recursive: true });
    return `${folder}:${containerPath}`;
  });
}
