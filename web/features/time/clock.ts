'use client';
import { useSyncExternalStore } from 'react';

/** One timer for all ticking texts of a page; it stops when nothing ticks. */
function createClock(everyMs: number) {
  const listeners = new Set<() => void>();
  let timer: ReturnType<typeof setInterval> | undefined;
  let now = 0;
  return {
    subscribe(listener: () => void) {
      listeners.add(listener);
      timer ??= setInterval(() => {
        now = Date.now();
        for (const each of listeners) each();
      }, everyMs);
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        clearInterval(timer);
        timer = undefined;
        now = 0;
      };
    },
    read() {
      if (now === 0) now = Date.now();
      return now;
    },
  };
}

const seconds = createClock(1000);
const still = { subscribe: () => () => {}, read: () => 0 };

/** Now in milliseconds, each second while `ticking`; 0 on the server. */
export function useNow(ticking = true): number {
  const clock = ticking ? seconds : still;
  return useSyncExternalStore(clock.subscribe, clock.read, () => 0);
}
