import type { ContainerDefinition, RegisterTaskDefinitionRequest, Tag } from '@aws-sdk/client-ecs';
import { AwsError } from './aws-error.ts';

export interface Definition extends Omit<RegisterTaskDefinitionRequest, 'tags' | 'containerDefinitions'> {
  family: string;
  containerDefinitions: ContainerDefinition[];
  taskDefinitionArn: string;
  revision: number;
  status: 'ACTIVE' | 'INACTIVE';
}

export const account = 'arn:aws:ecs:eu-central-1:123456789012';
const longest = 64 * 1024;
const tagText = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
const fargateMemory: Readonly<Record<string, [number, number]>> = {
  '256': [512, 2048],
  '512': [1024, 4096],
  '1024': [2048, 8192],
  '2048': [4096, 16384],
  '4096': [8192, 30720],
};

export function createDefinitions() {
  const all: { definition: Definition; tags: Tag[] }[] = [];

  /** By ARN, family:revision or family. */
  function find(name: string): { definition: Definition; tags: Tag[] } {
    const short = name.slice(name.lastIndexOf('/') + 1);
    const found = all.findLast(({ definition: { family, revision, status } }) =>
      short.includes(':') ? `${family}:${revision}` === short : family === short && status === 'ACTIVE',
    );
    if (found === undefined) throw new AwsError('ClientException', 'Unable to describe task definition.');
    return found;
  }

  const operations = {
    RegisterTaskDefinition(input: RegisterTaskDefinitionRequest) {
      assertTaken(input);
      const { tags = [], family = '', containerDefinitions = [], ...rest } = input;
      const revision = all.filter(({ definition }) => definition.family === family).length + 1;
      const taskDefinitionArn = `${account}:task-definition/${family}:${revision}`;
      const definition: Definition = {
        ...rest,
        family,
        containerDefinitions,
        taskDefinitionArn,
        revision,
        status: 'ACTIVE',
      };
      all.push({ definition, tags });
      return { taskDefinition: definition, tags };
    },
    DescribeTaskDefinition(input: { taskDefinition: string; include?: string[] }) {
      const { definition, tags } = find(input.taskDefinition);
      return { taskDefinition: definition, ...(input.include?.includes('TAGS') && { tags }) };
    },
    DeregisterTaskDefinition(input: { taskDefinition: string }) {
      const { definition } = find(input.taskDefinition);
      definition.status = 'INACTIVE';
      return { taskDefinition: definition };
    },
    DeleteTaskDefinitions(input: { taskDefinitions: string[] }) {
      const found = input.taskDefinitions.map((name) => find(name));
      const active = found.filter(({ definition }) => definition.status === 'ACTIVE');
      if (active.length > 0) {
        throw new AwsError('ClientException', 'The specified task definition is still in ACTIVE status.');
      }
      for (const one of found) all.splice(all.indexOf(one), 1);
      return { taskDefinitions: found.map(({ definition }) => ({ ...definition, status: 'DELETE_IN_PROGRESS' })) };
    },
    ListTaskDefinitionFamilies(input: { familyPrefix?: string; maxResults?: number }) {
      const active = all.filter(({ definition }) => definition.status === 'ACTIVE');
      const families = new Set(active.map(({ definition }) => definition.family));
      return { families: [...families].filter((family) => family.startsWith(input.familyPrefix ?? '')) };
    },
    ListTaskDefinitions(input: { familyPrefix?: string }) {
      const found = all.filter(
        ({ definition: { family, status } }) => family === input.familyPrefix && status === 'ACTIVE',
      );
      return { taskDefinitionArns: found.map(({ definition }) => definition.taskDefinitionArn) };
    },
  };
  return { operations, find, names: () => all.map(({ definition }) => definition.taskDefinitionArn) };
}

/** What ECS says of definitions that its model allows. */
function assertTaken(input: RegisterTaskDefinitionRequest): void {
  const refuse = (message: string) => {
    throw new AwsError('ClientException', message);
  };
  if (Buffer.byteLength(JSON.stringify(input)) > longest) refuse('Actual length: exceeds max length of 65536 bytes.');
  if (!/^[A-Za-z0-9_-]{1,255}$/.test(input.family ?? '')) refuse('Family contains invalid characters.');
  for (const { key = '', value = '' } of input.tags ?? []) {
    if (!tagText.test(key) || !tagText.test(value) || key.length > 128 || value.length > 256 || key === '') {
      throw new AwsError('InvalidParameterException', `The tag ${key} is invalid.`);
    }
  }
  for (const { efsVolumeConfiguration: efs } of input.volumes ?? []) {
    const root = efs?.rootDirectory ?? '/';
    if (efs?.authorizationConfig?.accessPointId !== undefined && root !== '/') {
      refuse('If an access point is specified, the root directory must be omitted or set to /.');
    }
  }
  if (!input.requiresCompatibilities?.includes('FARGATE')) {
    if (input.memory === undefined && input.containerDefinitions?.some(({ memory }) => memory === undefined)) {
      refuse('Invalid setting for container. At least one of memory or memoryReservation must be specified.');
    }
    return;
  }
  if (input.networkMode !== 'awsvpc') refuse('Fargate only supports network mode ‘awsvpc’.');
  const [least, most] = fargateMemory[input.cpu ?? ''] ?? [0, 0];
  const memory = Number(input.memory);
  if (memory < least || memory > most || least === 0) refuse('No Fargate configuration exists for given values.');
  if (input.executionRoleArn === undefined) {
    refuse('Fargate requires task definition to have execution role ARN to support log driver awslogs.');
  }
}
