import { setTimeout as sleep } from 'node:timers/promises';
import { type ActionKey, actionKeyText, type JobKey, jobKeyText } from '../../core/keys.ts';
import type { Live } from './live.ts';

/** How long a Job's removal waits for its commands' ends to be written. */
const recordMs = 5_000;

/** The commands that this process looks at, each once: two who read one's output would write it down twice. */
export interface Lives {
  find(key: ActionKey): Live | undefined;
  /** What `seek` finds where there is none; it is asked by one at a time. */
  findOrSeek(key: ActionKey, seek: () => Promise<Live | undefined>): Promise<Live | undefined>;
  /** Until it has ended. */
  add(key: ActionKey, live: Live): void;
  /** Ends a Job's commands by removing what they run in. Once this resolves their ends are written, where they can be. */
  removeJob(job: JobKey, remove: () => Promise<void>): Promise<void>;
  leave(): void;
}

export function createLives(): Lives {
  const lives = new Map<string, Live>();
  const sought = new Map<string, Promise<Live | undefined>>();

  return {
    find: (key) => lives.get(actionKeyText(key)),
    async findOrSeek(key, seek) {
      const id = actionKeyText(key);
      const live = lives.get(id);
      if (live !== undefined) return live;
      const found = sought.get(id) ?? seek().finally(() => sought.delete(id));
      sought.set(id, found);
      return await found;
    },
    add(key, live) {
      const id = actionKeyText(key);
      lives.set(id, live);
      void live.ended.finally(() => lives.get(id) === live && lives.delete(id));
    },
    async removeJob(job, remove) {
      const ours = [...lives].filter(([id]) => id.startsWith(`${jobKeyText(job)}/`)).map(([, live]) => live);
      await Promise.all(ours.map((live) => live.kill()));
      await remove();
      await Promise.race([Promise.all(ours.map(({ ended }) => ended)), sleep(recordMs)]);
    },
    leave() {
      for (const live of lives.values()) live.leave();
    },
  };
}
