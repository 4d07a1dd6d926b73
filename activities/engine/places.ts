/** How long a Job keeps its place between two Actions; at an approval it gives it back. */
const betweenMs = 2_000;

/** How many Jobs are here at once. */
export interface Places {
  /** False where all places are taken by other Jobs, or none is to come. `force`: a Job that is already here comes in all the same. */
  enter(job: string, force: boolean): boolean;
  /** Comes in when there is a place; false where the signal comes first. */
  enterSoon(job: string, giveUp: AbortSignal): Promise<boolean>;
  /** `over`: the Job needs no place any more. */
  leave(job: string, over: boolean): void;
  readonly taken: number;
  /** While it drains no place is free. */
  drain(draining: boolean): void;
  /** Resolves when a place is free. */
  free(signal: AbortSignal): Promise<void>;
}

export function createPlaces(capacity: number): Places {
  const jobs = new Map<string, { actions: number; expiry: NodeJS.Timeout | undefined }>();
  const waiting = new Set<() => void>();
  let draining = false;

  function drop(job: string): void {
    jobs.delete(job);
    wakeWaiting();
  }

  function hasRoom(): boolean {
    return !draining && jobs.size < capacity;
  }

  function wakeWaiting(): void {
    if (!hasRoom()) return;
    for (const wake of waiting) wake();
    waiting.clear();
  }

  function enter(job: string, force: boolean): boolean {
    const found = jobs.get(job);
    if (found === undefined && !hasRoom() && !force) return false;
    clearTimeout(found?.expiry);
    jobs.set(job, { actions: (found?.actions ?? 0) + 1, expiry: undefined });
    return true;
  }

  async function free(signal: AbortSignal): Promise<void> {
    while (!hasRoom() && !signal.aborted) {
      const woken = Promise.withResolvers<void>();
      waiting.add(woken.resolve);
      signal.addEventListener('abort', () => woken.resolve(), { once: true });
      await woken.promise;
    }
  }

  return {
    enter,
    async enterSoon(job, giveUp) {
      while (!giveUp.aborted) {
        await free(giveUp);
        if (enter(job, false)) return true;
      }
      return false;
    },
    leave(job, over) {
      const found = jobs.get(job);
      if (found === undefined) return;
      found.actions -= 1;
      if (found.actions > 0) return;
      if (over) {
        drop(job);
        return;
      }
      found.expiry = setTimeout(() => drop(job), betweenMs);
      found.expiry.unref();
    },
    get taken() {
      return jobs.size;
    },
    drain(now) {
      draining = now;
      wakeWaiting();
    },
    free,
  };
}
