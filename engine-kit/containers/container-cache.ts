import { type JobKey, jobKeyText } from '../../core/keys.ts';
import type { Container, ContainerHost } from './container.ts';

/** A Job's containers while it is here, one for each set of settings, so that only its first command waits for one. */
export interface ContainerCache<Settings> {
  open: ContainerHost<Settings>['open'];
  /** Resolves once nothing is being made for the Job. */
  forget(job: JobKey): Promise<void>;
}

export function createContainerCache<Settings>(host: Pick<ContainerHost<Settings>, 'open'>): ContainerCache<Settings> {
  const jobs = new Map<string, Map<string, Promise<Container>>>();

  return {
    async open(job, settings, say, signal) {
      const id = jobKeyText(job);
      const opened = jobs.get(id) ?? new Map<string, Promise<Container>>();
      jobs.set(id, opened);
      const key = JSON.stringify(settings);
      const container = opened.get(key) ?? open();
      opened.set(key, container);
      try {
        return await container;
      } catch (error) {
        drop();
        throw error;
      }

      async function open(): Promise<Container> {
        const made = await host.open(job, settings, say, signal);
        return {
          ...made,
          async whyGone() {
            const why = await made.whyGone();
            // The next command gets another.
            if (why !== undefined) drop();
            return why;
          },
        };
      }

      function drop(): void {
        if (opened.get(key) === container) opened.delete(key);
      }
    },
    async forget(job) {
      const opened = [...(jobs.get(jobKeyText(job))?.values() ?? [])];
      jobs.delete(jobKeyText(job));
      await Promise.allSettled(opened);
    },
  };
}
