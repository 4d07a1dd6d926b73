import type { Launched } from './launched.ts';

/** A part of the server that is kept running. */
export interface Part {
  name: string;
  launch(): Promise<Launched>;
  /** How long it may take to end when asked. */
  graceMs: number;
  /** What to do where it cannot be started, one sentence. */
  remedy: string;
}

export interface Supervised {
  stop(): Promise<void>;
}

/** The first restart comes at once: most deaths are one-off. */
const firstDelayMs = 100;
const longestDelayMs = 10_000;
/** After living so long a part counts as healthy, and its next restart comes at once again. */
const healthyMs = 60_000;

/** Starts a part and keeps it running. Rejects where its first start fails, as then somebody must act. */
export async function supervise(part: Part, say: (text: string) => void): Promise<Supervised> {
  let current: Launched | undefined = await part.launch();
  let stopping = false;
  const wake = Promise.withResolvers<void>();
  const kept = keep();
  return {
    stop: async () => {
      stopping = true;
      wake.resolve();
      await current?.stop(part.graceMs);
      await kept;
    },
  };

  async function keep(): Promise<void> {
    let delay = firstDelayMs;
    while (!stopping) {
      if (current !== undefined) {
        const began = Date.now();
        const how = await current.exited;
        current = undefined;
        if (stopping) return;
        if (Date.now() - began > healthyMs) delay = firstDelayMs;
        say(`${part.name} ended with ${how}; it is started again in ${delay / 1000} s`);
      }
      await Promise.race([sleep(delay), wake.promise]);
      if (stopping) return;
      delay = Math.min(delay * 2, longestDelayMs);
      current = await part.launch().catch((error: Error) => {
        say(`${part.name} could not be started: ${error.message}; next try in ${delay / 1000} s`);
        return undefined;
      });
      if (stopping) await current?.stop(part.graceMs);
    }
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
