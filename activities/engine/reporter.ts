import type { ActionReport } from '../../core/api/worker.ts';
import { actionKeyText } from '../../core/keys.ts';
import type { JobApi } from './ports.ts';

/** Long enough that the start and the end of a short Action are one request, short enough for people. */
const batchMs = 50;

/** Tells what Actions do, behind their back: no Action waits for it. */
export interface Reporter {
  report(api: JobApi, report: ActionReport): void;
  /** Resolves when all is told. */
  flush(): Promise<void>;
}

export function createReporter(warn: (message: string, error: unknown) => void): Reporter {
  const queues = new Map<JobApi, { pending: Map<string, ActionReport>; sending: Promise<void> }>();

  async function send(api: JobApi, pending: Map<string, ActionReport>): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, batchMs));
    while (pending.size > 0) {
      const batch = [...pending.values()];
      pending.clear();
      // The run's own final state tells it all again, so a refused report is no loss.
      await api.report(batch).catch((error: unknown) => warn('a report was refused', error));
    }
    queues.delete(api);
  }

  return {
    report(api, report) {
      const key = actionKeyText(report.key);
      const queue = queues.get(api);
      if (queue !== undefined) {
        queue.pending.set(key, report);
        return;
      }
      const pending = new Map([[key, report]]);
      queues.set(api, { pending, sending: send(api, pending) });
    },
    async flush() {
      await Promise.all([...queues.values()].map(({ sending }) => sending));
    },
  };
}
