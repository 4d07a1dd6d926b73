import type { RunDetail } from '../../../core/api/objects.ts';
import { isFinal } from '../../../core/status.ts';

/** How old what is said of Workers may be. */
const lookMs = 3_000;

/** Open runs that somebody looks at. What a run says of Workers changes without the run, so they are looked at again. */
export interface WorkerWatch {
  sent(run: RunDetail, json: string): void;
  end(): void;
}

/** `changed` is told of a run that reads otherwise than it was sent. */
export function createWorkerWatch(
  read: (runId: string) => Promise<RunDetail>,
  changed: (runId: string) => void,
  isViewed: (runId: string) => boolean,
): WorkerWatch {
  const sent = new Map<string, string>();
  let looking = false;

  async function look(): Promise<void> {
    for (const [runId, json] of sent) {
      if (!isViewed(runId)) {
        sent.delete(runId);
        continue;
      }
      // What cannot be read now is looked at in the next round.
      const run = await read(runId).catch(() => undefined);
      if (run !== undefined && JSON.stringify(run) !== json) changed(runId);
    }
  }

  const timer = setInterval(() => {
    if (looking) return;
    looking = true;
    void look().finally(() => {
      looking = false;
    });
  }, lookMs);
  return {
    sent(run, json) {
      if (isFinal(run.status)) sent.delete(run.id);
      else sent.set(run.id, json);
    },
    end: () => clearInterval(timer),
  };
}
