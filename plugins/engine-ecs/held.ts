import type { JobKey } from '../../core/keys.ts';
import type { Aws } from './aws.ts';
import { jobOfTags, workerPrefix } from './names.ts';
import { familiesOf } from './remove.ts';

/** How often AWS is asked for what is named as this Worker's. */
const lookMs = 60_000;

/** Jobs that a task definition of this Worker's is there for. Which Job one belongs to does not change. */
export interface Holder {
  held(): Promise<JobKey[]>;
  forget(): void;
}

export function createHolder(aws: () => Promise<Aws>, workerId: string): Holder {
  const jobs = new Map<string, JobKey | undefined>();
  let looked: { at: number; jobs: JobKey[] } | undefined;

  async function look(): Promise<JobKey[]> {
    if (looked !== undefined && performance.now() - looked.at < lookMs) return looked.jobs;
    const connection = await aws();
    const families = await familiesOf(connection, workerPrefix(workerId));
    for (const family of jobs.keys()) if (!families.includes(family)) jobs.delete(family);
    for (const family of families) if (!jobs.has(family)) jobs.set(family, await jobOf(connection, family));
    const found = [...jobs.values()].filter((job) => job !== undefined);
    looked = { at: performance.now(), jobs: found };
    return found;
  }

  return {
    held: look,
    forget() {
      looked = undefined;
    },
  };
}

async function jobOf({ ecs }: Aws, taskDefinition: string): Promise<JobKey | undefined> {
  const { tags } = await ecs.describeTaskDefinition({ taskDefinition, include: ['TAGS'] });
  return jobOfTags(tags ?? []);
}
