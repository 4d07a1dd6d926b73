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
  /** Places that are free. */
  readonly open: number;
  /** Resolves when there may be more of them than before, or `look` was called. */
  changed(signal: AbortSignal): Promise<void>;
  look(): void;
}

export function createPlaces(capacity: number): Places {
  const jobs = new Map<string, { actions: number; expiry: NodeJS.Timeout | undefined }>();
  const waiting = new Set<() => void>();
  let draining = false;

  function drop(job: string): void {
    jobs.delete(job);
    look();
  }

  /** Jobs that had to be let in may be more than there are places. */
  function open(): number {
    return draining ? 0 : Math.max(0, capacity - jobs.size);
  }

  function look(): void {
    for (const wake of waiting) wake();
    waiting.clear();
  }

  function enter(job: string, force: boolean): boolean {
    const found = jobs.get(job);
    if (found === undefined && open() === 0 && !force) return false;
    clearTimeout(found?.expiry);
    jobs.set(job, { actions: (found?.actions ?? 0) + 1, expiry: undefined });
    return true;
  }

  async function changed(signal: AbortSignal): Promise<void> {
    const woken = Promise.withResolvers<void>();
    waiting.add(woken.resolve);
    signal.addEventListener('abort', () => woken.resolve(), { once: true });
    if (!signal.aborted) await woken.promise;
    waiting.delete(woken.resolve);
  }

  return {
    enter,
    async enterSoon(job, giveUp) {
      while (!giveUp.aborted) {
        if (enter(job, false)) return true;
        await changed(giveUp);
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
      look();
    },
    get open() {
      return open();
    },
    changed,
    look,
  };
}
