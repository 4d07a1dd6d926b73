import { setTimeout as sleep } from 'node:timers/promises';
import type { ControlServices } from './services.ts';

interface Sweep {
  what: string;
  everyMs: number;
  run(): Promise<unknown>;
}

/** Finishes, again and again, what a crash between two steps left undone. The first round comes at once. */
export function startSweeps(
  services: ControlServices,
  warn: (message: string, error: unknown) => void,
): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const sweeps: Sweep[] = [
    { what: 'start runs that were only written', everyMs: 2_000, run: services.submitPending },
    { what: 'tell runs what was decided', everyMs: 2_000, run: services.deliverDecisions },
    { what: 'decide what Triggers were sent', everyMs: 2_000, run: services.decideDeliveries },
    { what: 'tell Jobs what their Triggers were sent', everyMs: 2_000, run: services.tellWaits },
    { what: 'remind of approvals', everyMs: 5_000, run: services.remind },
    { what: 'send notifications', everyMs: 2_000, run: services.sendNotifications },
    { what: 'hand over what ended runs had', everyMs: 2_000, run: services.handOverHolds },
    { what: 'tell runs of a pause', everyMs: 2_000, run: services.tellPause },
    { what: 'compact logs', everyMs: 5_000, run: services.compactLogs },
    { what: 'compare runs with Temporal', everyMs: 60_000, run: () => services.reconcile(warn) },
    { what: 'compare schedules with Temporal', everyMs: 30_000, run: () => services.reconcileSchedules(warn) },
  ];

  async function repeat({ what, everyMs, run }: Sweep): Promise<void> {
    while (!stopping.signal.aborted) {
      await run().catch((error: unknown) => warn(`could not ${what}`, error));
      await sleep(everyMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }

  const all = sweeps.map(repeat);
  return {
    async stop() {
      stopping.abort();
      await Promise.all(all);
    },
  };
}
