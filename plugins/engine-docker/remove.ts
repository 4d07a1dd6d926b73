import type { JobKey } from '../../core/keys.ts';
import { statusOf, toFailure } from './api-error.ts';
import type { Connection } from './connection.ts';
import { isOfJob, jobLabels } from './names.ts';

/** Removes all that a daemon has of a Job; containers first, as they hold the others. */
export async function removeAll({ docker, at }: Connection, job: JobKey): Promise<void> {
  const label = Object.entries(jobLabels(job)).map(([name, value]) => `${name}=${value}`);
  const filters = JSON.stringify({ label });
  const gone = (error: unknown) => {
    // Somebody else removes it or has.
    if (statusOf(error) !== 404 && statusOf(error) !== 409) throw error;
  };
  try {
    const labelled = await docker.listContainers({ all: true, filters });
    const containers = labelled.filter(({ Names }) => isOfJob(job, Names));
    await Promise.all(containers.map(({ Id }) => docker.getContainer(Id).remove({ force: true, v: true }).catch(gone)));
    const [{ Volumes }, networks] = await Promise.all([
      docker.listVolumes({ filters }),
      docker.listNetworks({ filters }),
    ]);
    await Promise.all([
      ...(Volumes ?? []).map(({ Name }) => docker.getVolume(Name).remove().catch(gone)),
      ...networks.map(({ Id }) => docker.getNetwork(Id).remove().catch(gone)),
    ]);
  } catch (error) {
    throw toFailure(error, at);
  }
}
