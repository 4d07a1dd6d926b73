import { CancellationScope, CancelledFailure, isCancellation, sleep } from '@temporalio/workflow';

export type Limited<T> = { timedOut: true } | { timedOut: false; value: T };

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
  clock.run(() => sleep(ms)).then(over, () => undefined);
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
