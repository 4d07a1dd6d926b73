import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { RunTaskRequest } from '@aws-sdk/client-ecs';
import { writeWhole } from '../../engine-kit/output/write-whole.ts';
import type { Settings } from './manifest.ts';

/** Where and how tasks of one definition run. */
export interface Place {
  region: string;
  cluster: string;
  family: string;
  /** False while it is not sure that the definition is there. */
  registered: boolean;
  container: string;
  logGroup: string;
  run: Pick<RunTaskRequest, 'launchType' | 'capacityProviderStrategy' | 'networkConfiguration' | 'tags'>;
}

export type Volume = Pick<NonNullable<Settings['volume']>, 'efs' | 'access_point' | 'root'>;

/** A command's task. `arn` is absent while it is not known whether there is one. */
export interface TaskRef {
  place: Place;
  arn?: string;
}

const taskFile = 'task.json';
const volumesFile = 'volumes.json';
const placePrefix = 'place-';

export function runOf(settings: Settings): Place['run'] {
  const { launch_type, capacity_provider, subnets, security_groups, assign_public_ip } = settings;
  return {
    ...(capacity_provider === undefined
      ? { launchType: launch_type === 'fargate' ? ('FARGATE' as const) : ('EC2' as const) }
      : { capacityProviderStrategy: [{ capacityProvider: capacity_provider }] }),
    ...(subnets !== undefined && {
      networkConfiguration: {
        awsvpcConfiguration: {
          subnets,
          ...(security_groups && { securityGroups: security_groups }),
          ...(launch_type === 'fargate' && {
            assignPublicIp: assign_public_ip === true ? ('ENABLED' as const) : ('DISABLED' as const),
          }),
        },
      },
    }),
  };
}

/** `folder`: the Job's. */
export function readPlaces(folder: string): Place[] {
  try {
    const names = readdirSync(folder).filter((name) => name.startsWith(placePrefix) && name.endsWith('.json'));
    return names.map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Place);
  } catch {
    return [];
  }
}

export function writePlace(folder: string, place: Place): void {
  keep(join(folder, `${placePrefix}${place.family}.json`), place);
}

/** Remembers that the Job's folder is made on a volume. `folder`: the Job's. */
export function keepVolume(folder: string, volume: Volume): void {
  const known = readVolumes(folder);
  const text = JSON.stringify(volume);
  if (!known.some((one) => JSON.stringify(one) === text)) keep(join(folder, volumesFile), [...known, volume]);
}

export function readVolumes(folder: string): Volume[] {
  try {
    return JSON.parse(readFileSync(join(folder, volumesFile), 'utf8')) as Volume[];
  } catch {
    return [];
  }
}

/** `folder`: the Action's. */
export function readTask(folder: string): TaskRef | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, taskFile), 'utf8')) as TaskRef;
  } catch {
    return undefined;
  }
}

export function writeTask(folder: string, ref: TaskRef): void {
  keep(join(folder, taskFile), ref);
}

function keep(path: string, value: object): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  writeWhole(path, JSON.stringify(value));
}
