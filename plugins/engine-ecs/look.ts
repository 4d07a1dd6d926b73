import type { JobKey } from '../../core/keys.ts';
import type { Found } from '../../engine-kit/containers/lookout.ts';
import type { Aws } from './aws.ts';
import { jobOfTags, workerPrefix } from './names.ts';
import { familiesOf } from './remove.ts';

/** Finds Jobs that a task definition of this Worker's is there for. Which Job one belongs to does not change. */
export function createLook(aws: () => Promise<Aws>, workerId: string): () => Promise<Found> {
  const jobs = new Map<string, JobKey | undefined>();

  return async () => {
    const connection = await aws();
    const families = await familiesOf(connection, workerPrefix(workerId));
    for (const family of jobs.keys()) if (!families.includes(family)) jobs.delete(family);
    for (const family of families) if (!jobs.has(family)) jobs.set(family, await jobOf(connection, family));
    return { own: [...jobs.values()].filter((job) => job !== undefined), strange: [] };
  };
}

async function jobOf({ ecs }: Aws, taskDefinition: string): Promise<JobKey | undefined> {
  const { tags } = await ecs.describeTaskDefinition({ taskDefinition, include: ['TAGS'] });
  return jobOfTags(tags ?? []);
}
