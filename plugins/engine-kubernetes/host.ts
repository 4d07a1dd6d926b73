import { setTimeout as sleep } from 'node:timers/promises';
import type { JobKey } from '../../core/keys.ts';
import type { ContainerHost } from '../../engine-kit/containers/container.ts';
import { createJobPlaces } from '../../engine-kit/containers/job-places.ts';
import { createFound, createLookout, type Found } from '../../engine-kit/containers/lookout.ts';
import { patiently } from '../../engine-kit/containers/patience.ts';
import { statusOf, toFailure } from './api-error.ts';
import { connect } from './cluster.ts';
import { makePod } from './make-pod.ts';
import type { Settings } from './manifest.ts';
import { anyPod, isOwnPod, jobOfPod, jobSelector } from './names.ts';
import { podContainer } from './pod-container.ts';

const goneMs = 60_000;
const pollMs = 250;

/** Where a Job has pods. */
interface Place {
  context?: string;
  namespace: string;
}

/** Pods of Kubernetes clusters. `state` remembers in which a Job has some. */
export function createKubernetesHost(state: string, workerId: string): ContainerHost<Settings> {
  const places = createJobPlaces<Place>(state);
  const lookout = createLookout(look);

  async function make(job: JobKey, settings: Settings, say: (line: string) => void, signal: AbortSignal) {
    const { context } = settings;
    const cluster = await connect(context);
    const namespace = settings.namespace ?? cluster.namespace;
    places.remember(job, { ...(context && { context }), namespace });
    try {
      return await makePod(cluster, { job, settings, namespace, workerId, say, signal });
    } catch (error) {
      throw toFailure(error, cluster.at);
    }
  }

  async function removeIn(place: Place, job: JobKey): Promise<void> {
    const cluster = await connect(place.context);
    const which = { namespace: place.namespace, labelSelector: jobSelector(job) };
    try {
      await cluster.api.deleteCollectionNamespacedPod(which);
      const until = performance.now() + goneMs;
      while ((await cluster.api.listNamespacedPod(which)).items.length > 0) {
        if (performance.now() > until) return;
        await sleep(pollMs);
      }
    } catch (error) {
      throw toFailure(error, cluster.at);
    }
  }

  /** By their labels, where this Worker's pods usually are. */
  async function look(): Promise<Found> {
    const { api, namespace } = await connect();
    const { items } = await api.listNamespacedPod({ namespace, labelSelector: anyPod });
    const found = createFound();
    for (const { metadata } of items) {
      const job = jobOfPod(metadata ?? {});
      if (job !== undefined) found.add(job, isOwnPod(metadata ?? {}, workerId));
    }
    return found.all;
  }

  return {
    open: (job, settings, say, signal) => patiently(() => make(job, settings, say, signal), say, signal),
    async find(job, name) {
      const [pod = '', container = ''] = name.split('/');
      for (const { context, namespace } of places.of(job)) {
        const cluster = await connect(context);
        try {
          return podContainer(cluster, await cluster.api.readNamespacedPod({ name: pod, namespace }), container);
        } catch (error) {
          if (statusOf(error) !== 404) throw toFailure(error, cluster.at);
        }
      }
      return undefined;
    },
    async remove(job) {
      const known = places.of(job);
      const usual = known.length > 0 ? [] : [{ namespace: (await connect()).namespace }];
      for (const place of [...known, ...usual]) await removeIn(place, job);
      places.forget(job);
      lookout.forget(job);
    },
    found: lookout.found,
    close: () => Promise.resolve(),
  };
}
