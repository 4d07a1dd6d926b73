import type { JobKey } from '../../core/keys.ts';
import type { Container, ContainerHost } from '../../engine-kit/containers/container.ts';
import { createJobPlaces } from '../../engine-kit/containers/job-places.ts';
import { createFound, createLookout, type Found } from '../../engine-kit/containers/lookout.ts';
import { patiently } from '../../engine-kit/containers/patience.ts';
import { statusOf, toFailure } from './api-error.ts';
import { type Address, connect } from './connection.ts';
import { dockerContainer } from './docker-container.ts';
import { assertIsolated } from './isolation.ts';
import { makeContainer } from './make-container.ts';
import type { Settings } from './manifest.ts';
import { isOfJob, jobOfLabels, runLabel, workerLabel } from './names.ts';
import { removeAll } from './remove.ts';

type Say = (line: string) => void;

/** Containers of Docker daemons. `state` remembers on which a Job has something. */
export function createDockerHost(state: string, workerId: string): ContainerHost<Settings> {
  const addresses = createJobPlaces<Address>(state);
  const lookout = createLookout(look);

  /** By their labels, at this Worker's own daemon. */
  async function look(): Promise<Found> {
    const { docker } = await connect({});
    const filters = JSON.stringify({ label: [runLabel] });
    const [containers, volumes, networks] = await Promise.all([
      docker.listContainers({ all: true, filters }),
      docker.listVolumes({ filters }),
      docker.listNetworks({ filters }),
    ]);
    const found = createFound();
    for (const { Labels, ...one } of [...containers, ...(volumes.Volumes ?? []), ...networks]) {
      const job = jobOfLabels(Labels ?? {});
      if (job === undefined || ('Names' in one && !isOfJob(job, one.Names))) continue;
      found.add(job, Labels?.[workerLabel] === workerId);
    }
    return found.all;
  }

  async function make(job: JobKey, settings: Settings, say: Say, signal: AbortSignal): Promise<Container> {
    const { host, context } = settings;
    const address: Address = { ...(host && { host }), ...(context && { context }) };
    const connection = await connect(address, settings);
    // What never answered has nothing to be removed.
    await connection.docker.ping();
    addresses.remember(job, address);
    return await makeContainer(connection, job, settings, workerId, say, signal);
  }

  return {
    async open(job, settings, say, signal) {
      assertIsolated(settings);
      const at = settings.host ?? settings.context ?? 'the Worker';
      const once = () =>
        make(job, settings, say, signal).catch((error: unknown) => {
          throw toFailure(error, at);
        });
      return await patiently(once, say, signal);
    },
    async find(job, name) {
      for (const address of addresses.of(job)) {
        const connection = await connect(address);
        try {
          const found = await connection.docker.getContainer(name).inspect();
          return dockerContainer(connection, found.Id, name, found.Image);
        } catch (error) {
          if (statusOf(error) !== 404) throw toFailure(error, connection.at);
        }
      }
      return undefined;
    },
    async remove(job) {
      const known = addresses.of(job);
      for (const address of known.length === 0 ? [{}] : known) await removeAll(await connect(address), job);
      addresses.forget(job);
      lookout.forget(job);
    },
    found: lookout.found,
    close: () => Promise.resolve(),
  };
}
