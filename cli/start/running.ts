import { CommandFailure } from '../failure.ts';
import { type Part, type Supervised, supervise } from './supervisor.ts';

/** The parts that run now, in waves: a wave needs those before it. */
export interface Running {
  /** Starts parts side by side; resolves when all are ready, rejects with the first that could not be started. */
  wave(parts: readonly Promise<Part>[]): Promise<void>;
  /** Ends the newest wave first, so that nothing loses what it stands on. */
  stop(): Promise<void>;
}

export function createRunning(say: (text: string) => void): Running {
  const waves: Supervised[][] = [];
  let stopping = false;

  /** What is asked to end while it prepares or starts a part must not leave that part behind. */
  async function start(coming: Promise<Part>, started: Supervised[]): Promise<void> {
    const part = await coming;
    if (stopping) throw stopped();
    const supervised = await first(part, say);
    started.push(supervised);
    if (!stopping) return;
    await supervised.stop();
    throw stopped();
  }

  return {
    wave: async (parts) => {
      const started: Supervised[] = [];
      waves.push(started);
      const results = await Promise.allSettled(parts.map((part) => start(part, started)));
      for (const result of results) if (result.status === 'rejected') throw result.reason;
    },
    stop: async () => {
      stopping = true;
      for (const wave of waves.reverse()) await Promise.all(wave.map((part) => part.stop()));
    },
  };
}

/** It was asked to end first. */
export function stopped(): CommandFailure {
  return new CommandFailure(1, 'Stopped before it was ready.');
}

/** What a part needs is for whoever starts the server to see to. */
async function first(part: Part, say: (text: string) => void): Promise<Supervised> {
  try {
    return await supervise(part, say);
  } catch (cause) {
    if (cause instanceof CommandFailure) throw cause;
    const why = (cause as Error).message.trim().replace(/\.$/, '');
    throw new CommandFailure(2, `The part ${part.name} could not be started: ${why}. ${part.remedy}`, cause);
  }
}
