import { CancellationScope, patched, sleep, workflowInfo } from '@temporalio/workflow';
import type { Gate } from './gate.ts';

/** Characters of JSON that what one workflow task asks for may hold: Temporal takes 4 MiB a message, bytes of UTF-8. */
const mostAtOnce = 1024 * 1024;

/** Spreads large inputs over several workflow tasks. */
export interface Pace {
  /** Waits for room, and only then goes through the gate: a history that is to end does not wait for all in line. */
  through<T>(size: number, work: () => Promise<T>): Promise<T>;
}

export function createPace(gate: Gate): Pace {
  /** The length of the history tells one workflow task from the next. */
  let task = -1;
  let used = 0;
  const line: { size: number; go: () => void }[] = [];

  function take(size: number): boolean {
    const { historyLength } = workflowInfo();
    if (historyLength !== task) [task, used] = [historyLength, 0];
    if (used > 0 && used + size > mostAtOnce) return false;
    used += size;
    return true;
  }

  /** One timer for all that wait. */
  async function walk(): Promise<void> {
    for (let first = line[0]; first !== undefined; first = line[0]) {
      if (take(first.size)) {
        first.go();
        line.shift();
      } else await sleep(1);
    }
  }

  function turn(size: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    line.push({ size, go: resolve });
    // Whose timer it is does not matter, so the end of that one does not end it.
    if (line.length === 1) void CancellationScope.nonCancellable(walk);
    return promise;
  }

  async function eachAlone(size: number): Promise<void> {
    do await sleep(1);
    while (!take(size));
  }

  return {
    through(size, work) {
      if (line.length === 0 && take(size)) return gate.through(work);
      if (waitsInLine()) return turn(size).then(() => gate.through(work));
      return gate.through(() => eachAlone(size).then(work));
    },
  };
}

/**
 * Each had a timer of its own, begun again with each task, within the gate. May go once no run that was started before
 * December 2026 is in flight.
 */
function waitsInLine(): boolean {
  return patched('2-large-inputs-wait-in-line');
}
