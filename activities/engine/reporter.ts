import type { ActionTask } from '../types.ts';
import type { JobApi } from './ports.ts';

/** One that ends sooner is told of by its end. */
const afterMs = 100;

/**
 * Tells that an Action has begun, behind its back: until it ends, the run cannot know when the first Action of a Job
 * began. How it ends is the run's to tell.
 */
export interface Reporter {
  /** Call what it answers when the Action ends. */
  begun(api: JobApi, task: Pick<ActionTask, 'key' | 'type'>, startedAt: string): () => void;
  /** Resolves when all is told. */
  flush(): Promise<void>;
}

export function createReporter(warn: (message: string, error: unknown) => void): Reporter {
  const sending = new Set<Promise<void>>();

  function send(api: JobApi, { key, type }: Pick<ActionTask, 'key' | 'type'>, startedAt: string): void {
    const unknown = { exitStatus: null, output: null, reason: null, endedAt: null };
    const sent = api
      .report([{ key, type, status: 'running', startedAt, ...unknown }])
      // What the run tells of itself later holds this, too.
      .catch((error: unknown) => warn('a report was refused', error))
      .finally(() => sending.delete(sent));
    sending.add(sent);
  }

  return {
    begun(api, task, startedAt) {
      const timer = setTimeout(() => send(api, task, startedAt), afterMs);
      return () => clearTimeout(timer);
    },
    async flush() {
      await Promise.all(sending);
    },
  };
}
