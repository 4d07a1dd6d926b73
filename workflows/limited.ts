import { CancellationScope, CancelledFailure, isCancellation, patched, sleep } from '@temporalio/workflow';

export type Limited<T> = { timedOut: true } | { timedOut: false; value: T };

/** What is left of a time that began in an earlier history, maybe; undefined where it is without bound. */
export function msLeft(ms: number | undefined, since: string | null): number | undefined {
  if (ms === undefined || since === null) return ms;
  return ms - (Date.now() - Date.parse(since));
}

/**
 * Cancels `work` after `ms`, unless by then it has called `stopClock`. What cancels it from outside goes through as the
 * error that it is.
 */
export async function limited<T>(
  ms: number | undefined,
  work: (stopClock: () => void) => Promise<T>,
): Promise<Limited<T>> {
  if (ms === undefined) return { timedOut: false, value: await work(() => undefined) };
  const inner = new CancellationScope();
  const clock = new CancellationScope();
  let timedOut = false;
  const over = () => {
    timedOut = true;
    inner.cancel();
  };
  // What had no time left began anew in each history. May go once no run that was started before December 2026 is in flight.
  if (ms <= 0 && !isEnding() && patched('3-no-time-left')) over();
  else clock.run(() => sleep(Math.max(1, ms))).then(over, () => undefined);
  try {
    const value = await inner.run(() => work(() => clock.cancel()));
    return timedOut ? { timedOut } : { timedOut, value };
  } catch (error) {
    if (timedOut && isCancellation(error)) return { timedOut };
    throw error;
  } finally {
    clock.cancel();
  }
}

export function isEnding(): boolean {
  return CancellationScope.current().consideredCancelled;
}

/** Throws where this part of the run is to end, for work that came to its own end in spite of it. */
export function throwIfEnding(): void {
  if (isEnding()) throw new CancelledFailure('this part of the run is ended');
}
