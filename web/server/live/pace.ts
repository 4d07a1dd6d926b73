import { setTimeout as sleep } from 'node:timers/promises';

const leastMs = 30;
const afterFailureMs = 1_000;
/** At most a third of the time is spent on one thing, however long it takes. */
const restFactor = 2;

/** Does `work` soon after `wake`, never twice at a time and not more often than a reader can follow. */
export interface Pace {
  wake(): void;
  end(): void;
}

export function createPace(work: () => Promise<void>, failed: (error: unknown) => void, rest = leastMs): Pace {
  let wanted = false;
  let working = false;
  let ended = false;

  async function run(): Promise<void> {
    while (wanted && !ended) {
      wanted = false;
      const began = performance.now();
      try {
        await work();
        await sleep(Math.max(rest, (performance.now() - began) * restFactor));
      } catch (error) {
        wanted = true;
        failed(error);
        await sleep(afterFailureMs);
      }
    }
    working = false;
  }

  return {
    wake() {
      wanted = true;
      if (working || ended) return;
      working = true;
      void run();
    },
    end() {
      ended = true;
    },
  };
}
