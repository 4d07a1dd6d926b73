import type { TaskDefinition } from '@aws-sdk/client-ecs';
import { PalvellaError } from '../../core/errors.ts';
import { type ActionKey, actionKeyText } from '../../core/keys.ts';
import { digest } from '../../engine-kit/output/layout.ts';
import { toFailure } from './api-error.ts';
import type { Aws } from './aws.ts';
import { type Command, definitionOf, logGroupOf, mainContainerName } from './definition.ts';
import type { Settings } from './manifest.ts';
import { familyName } from './names.ts';
import { type Place, readPlaces, runOf, writePlace } from './places.ts';

/** Bytes of JSON that ECS takes as overrides of a task and as a task definition, with something to spare. */
const longestOverrides = 8192 - 192;
const longestDefinition = 64 * 1024 - 1024;

export interface RegisterParts {
  key: ActionKey;
  settings: Settings;
  workerId: string;
  /** The Job's on the Worker. */
  jobFolder: string;
  command: Command;
}

/** Where the command runs, with a task definition for it; `command` is undefined where that one has it. */
export async function registered(
  aws: Aws,
  parts: RegisterParts,
): Promise<{ place: Place; command: Command | undefined }> {
  const { key, settings, workerId, command } = parts;
  const shared = familyName(workerId, key, settings);
  const fits =
    Buffer.byteLength(JSON.stringify({ containerOverrides: [{ name: shared, ...command }] })) <= longestOverrides;
  const family = fits ? shared : `${shared}-${digest(actionKeyText(key)).slice(0, 8)}`;
  const known = readPlaces(parts.jobFolder).find((place) => place.family === family && place.registered);
  const place = known ?? (await register(aws, parts, family, fits ? undefined : command));
  return { place, command: fits ? command : undefined };
}

async function register(
  aws: Aws,
  { key, settings, jobFolder }: RegisterParts,
  family: string,
  command: Command | undefined,
): Promise<Place> {
  const { runId, jobPath, jobAttempt } = key;
  const base = await baseOf(aws, settings);
  const definition = definitionOf({
    family,
    job: { runId, jobPath, jobAttempt },
    settings,
    region: aws.region,
    base,
    ...(command && { command }),
  });
  if (Buffer.byteLength(JSON.stringify(definition)) > longestDefinition) {
    throw new PalvellaError('engine_refused', 'the command and its environment are longer than ECS takes (64 KiB)', {
      remedy: 'Put what the command does into a file of the workspace, and run that.',
    });
  }
  const place: Place = {
    region: aws.region,
    cluster: settings.cluster,
    family,
    registered: false,
    container: mainContainerName(base),
    logGroup: logGroupOf(definition) ?? '',
    run: runOf(settings),
  };
  // Before anything is made there.
  writePlace(jobFolder, place);
  try {
    await aws.ecs.registerTaskDefinition(definition);
  } catch (error) {
    throw toFailure(error, place);
  }
  const made = { ...place, registered: true };
  writePlace(jobFolder, made);
  return made;
}

async function baseOf(aws: Aws, { task_definition }: Settings): Promise<TaskDefinition | undefined> {
  if (task_definition === undefined) return undefined;
  try {
    return (await aws.ecs.describeTaskDefinition({ taskDefinition: task_definition })).taskDefinition;
  } catch (error) {
    if (error instanceof Error && /unable to describe task definition/i.test(error.message)) {
      throw new PalvellaError('engine_refused', `there is no task definition ${task_definition} in ${aws.region}`, {
        cause: error,
      });
    }
    throw toFailure(error, aws);
  }
}
