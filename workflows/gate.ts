import { workflowInfo } from '@temporalio/workflow';

/** Far enough below what the server ends a workflow at, and below 10,240 events, for all that is under way to end. */
const mostEvents = 8_000;
const mostBytes = 6 * 1024 * 1024;

/**
 * Everything that leaves the workflow passes here, so that a history that has grown long comes to rest and goes on
 * in a new one with nothing under way: Temporal abandons what is.
 */
export interface Gate {
  /** Waits for ever once the history is to end. */
  through<T>(work: () => Promise<T>): Promise<T>;
  /** Whether the history is to end and nothing is under way. */
  isAtRest(): boolean;
}

export function createGate(): Gate {
  let underWay = 0;
  let closing = false;

  return {
    isAtRest: () => closing && underWay === 0,
    async through(work) {
      const { historyLength, historySize } = workflowInfo();
      closing ||= historyLength > mostEvents || historySize > mostBytes;
      if (closing) await new Promise<never>(() => undefined);
      underWay += 1;
      try {
        return await work();
      } finally {
        underWay -= 1;
      }
    },
  };
}
