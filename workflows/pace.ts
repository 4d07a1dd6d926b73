import { sleep, workflowInfo } from '@temporalio/workflow';

/** Characters of JSON that what one workflow task asks for may hold: Temporal takes 4 MiB a message, bytes of UTF-8. */
const mostAtOnce = 1024 * 1024;

/** Spreads large inputs over several workflow tasks. */
export interface Pace {
  /** Undefined where there is room now, else resolves when there is. */
  pass(size: number): Promise<void> | undefined;
}

export function createPace(): Pace {
  /** The length of the history tells one workflow task from the next. */
  let task = -1;
  let used = 0;

  function take(size: number): boolean {
    const { historyLength } = workflowInfo();
    if (historyLength !== task) [task, used] = [historyLength, 0];
    if (used > 0 && used + size > mostAtOnce) return false;
    used += size;
    return true;
  }

  return {
    pass(size) {
      if (take(size)) return undefined;
      return (async () => {
        do await sleep(1);
        while (!take(size));
      })();
    },
  };
}
