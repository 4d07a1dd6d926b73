import type {
  ContainerDefinition,
  ContainerOverride,
  RegisterTaskDefinitionRequest,
  TaskDefinition,
} from '@aws-sdk/client-ecs';
import { PalvellaError } from '../../core/errors.ts';
import type { JobKey } from '../../core/keys.ts';
import type { Settings } from './manifest.ts';
import { clusterTags, jobTags } from './names.ts';
import { stopTimeoutSeconds, volumeFolder, wrapper } from './wrapper.ts';

const mainContainer = 'main';
const volumeName = 'palvella-job';
const cpuUnits = 1024;
const defaultLogGroup = '/palvella';
const architectures = { amd64: 'X86_64', arm64: 'ARM64' } as const;
/** Of a task definition, what a new one may be made of. */
const copied = [
  'taskRoleArn',
  'executionRoleArn',
  'networkMode',
  'volumes',
  'placementConstraints',
  'requiresCompatibilities',
  'cpu',
  'memory',
  'pidMode',
  'ipcMode',
  'proxyConfiguration',
  'ephemeralStorage',
  'runtimePlatform',
] as const;

/** What a command is for its container, whether as an override or in a definition of its own. */
export type Command = Required<Pick<ContainerOverride, 'command' | 'environment'>>;

export interface DefinitionParts {
  family: string;
  job: JobKey;
  settings: Settings;
  region: string;
  /** What the Engine names as its task definition. */
  base: TaskDefinition | undefined;
  /** Where it is too long for an override. */
  command?: Command;
}

/** The definition of a Job's tasks: the Engine’s, with the wrapper as what its container runs. */
export function definitionOf(parts: DefinitionParts): RegisterTaskDefinitionRequest {
  const { family, job, settings, base } = parts;
  const { execution_role, task_role, architecture, cpu, memory, launch_type, tags = {}, volume } = settings;
  const kept = Object.fromEntries(
    copied.flatMap((name) => (base?.[name] === undefined ? [] : [[name, base[name]]])),
  ) as Partial<RegisterTaskDefinitionRequest>;
  const units = cpu === undefined ? kept.cpu : String(Math.round(cpu * cpuUnits));
  const amount = memory === undefined ? kept.memory : String(mebibytes(memory));
  const awsvpc = launch_type === 'fargate' || settings.subnets !== undefined;
  const main = mainOf(base);
  return {
    ...kept,
    family,
    requiresCompatibilities: [launch_type === 'fargate' ? 'FARGATE' : 'EC2'],
    ...(awsvpc && { networkMode: 'awsvpc' }),
    ...(execution_role && { executionRoleArn: execution_role }),
    ...(task_role && { taskRoleArn: task_role }),
    ...(architecture && {
      runtimePlatform: { cpuArchitecture: architectures[architecture], operatingSystemFamily: 'LINUX' },
    }),
    ...(units !== undefined || launch_type === 'fargate' ? { cpu: units ?? '256' } : {}),
    memory: amount ?? '512',
    containerDefinitions: [
      containerOf(parts, main),
      ...(base?.containerDefinitions ?? []).filter((container) => container !== main),
    ],
    volumes: [
      ...(kept.volumes ?? []),
      ...(volume === undefined
        ? []
        : [
            {
              name: volumeName,
              efsVolumeConfiguration: {
                fileSystemId: volume.efs,
                transitEncryption: 'ENABLED' as const,
                ...(volume.root !== undefined && { rootDirectory: volume.root }),
                ...(volume.access_point !== undefined && {
                  authorizationConfig: { accessPointId: volume.access_point },
                }),
              },
            },
          ]),
    ],
    tags: [
      ...Object.entries(tags).map(([key, value]) => ({ key, value })),
      ...jobTags(job),
      ...clusterTags(settings.cluster),
    ],
  };
}

function containerOf(
  { family, settings, region, base, command }: DefinitionParts,
  main: ContainerDefinition | undefined,
): ContainerDefinition {
  const image = settings.image ?? main?.image;
  if (image === undefined) {
    throw new PalvellaError('engine_refused', 'the Engine names no image', {
      remedy: 'Give it image, or task_definition with a container that has one.',
    });
  }
  const mounts = main?.mountPoints ?? [];
  return {
    ...main,
    name: mainContainerName(base),
    image,
    essential: true,
    entryPoint: ['sh', '-c', wrapper, 'palvella'],
    command: command?.command ?? [],
    ...(command !== undefined && { environment: [...(main?.environment ?? []), ...(command.environment ?? [])] }),
    stopTimeout: stopTimeoutSeconds,
    mountPoints:
      settings.volume === undefined ? mounts : [...mounts, { sourceVolume: volumeName, containerPath: volumeFolder }],
    logConfiguration: {
      logDriver: 'awslogs',
      options: {
        'awslogs-group': settings.log_group ?? logGroupOf(base) ?? defaultLogGroup,
        'awslogs-region': region,
        'awslogs-stream-prefix': family,
      },
    },
  };
}

/** The container that commands run in: the one called main, else the first. */
function mainOf(definition: Pick<TaskDefinition, 'containerDefinitions'> | undefined): ContainerDefinition | undefined {
  const all = definition?.containerDefinitions ?? [];
  return all.find(({ name }) => name === mainContainer) ?? all[0];
}

export function mainContainerName(definition: TaskDefinition | undefined): string {
  return mainOf(definition)?.name ?? mainContainer;
}

export function logGroupOf(definition: Pick<TaskDefinition, 'containerDefinitions'> | undefined): string | undefined {
  return mainOf(definition)?.logConfiguration?.options?.['awslogs-group'];
}

export function volumeOf(definition: TaskDefinition | undefined) {
  return definition?.volumes?.find(({ name }) => name === volumeName)?.efsVolumeConfiguration;
}

function mebibytes(text: string): number {
  return Number.parseInt(text, 10) * (/g$/i.test(text) ? 1024 : 1);
}
