import { readdirSync, readFileSync } from 'node:fs';
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';

const pollMs = 25;
/** How long a killed process may take to be gone, as one in the middle of slow disk work. */
const killMs = 10_000;
/** Processes looked at before others get their turn. */
const batch = 100;

/**
 * Finds processes by a variable of the environment they began with, wherever they have moved: a process can leave its
 * group and session, but not that. Linux only; elsewhere none are found.
 */
export interface ProcessFinder {
  /** Processes of which the variable's value begins with this text; for a whole value it ends in NUL. */
  find(value: string): Promise<number[]>;
  /** Asks them to end, and kills what is still there after `graceMs`; resolves when none is left. */
  end(value: string, graceMs: number): Promise<void>;
}

export function createProcessFinder(variable: string): ProcessFinder {
  // A search that began before the question may have missed a process, so who asks meanwhile shares the next one.
  let current: Promise<Map<number, string>> | undefined;
  let next: Promise<Map<number, string>> | undefined;

  function search(): Promise<Map<number, string>> {
    if (current === undefined) {
      current = valuesOf(variable).finally(() => {
        current = undefined;
      });
      return current;
    }
    next ??= current.then(() => {
      next = undefined;
      return search();
    });
    return next;
  }

  async function find(value: string): Promise<number[]> {
    const found = await search();
    return [...found].filter(([, text]) => text.startsWith(value)).map(([pid]) => pid);
  }

  return {
    find,
    async end(value, graceMs) {
      const killAt = performance.now() + graceMs;
      const asked = new Set<number>();
      for (;;) {
        const pids = await find(value);
        if (pids.length === 0 || performance.now() > killAt + killMs) return;
        const kill = performance.now() >= killAt;
        for (const pid of pids) {
          if (kill) send(pid, 'SIGKILL');
          else if (!asked.has(pid)) send(pid, 'SIGTERM');
          asked.add(pid);
        }
        await sleep(pollMs);
      }
    },
  };
}

/** By process, the variable's value with the NUL that ends it. */
async function valuesOf(variable: string): Promise<Map<number, string>> {
  const values = new Map<number, string>();
  // It is never the first variable: PATH is.
  const wanted = Buffer.from(`\0${variable}=`);
  const pids = processIds();
  for (const [index, pid] of pids.entries()) {
    const environment = readEnvironment(pid);
    const at = environment.indexOf(wanted);
    if (at !== -1) {
      const start = at + wanted.length;
      values.set(pid, environment.subarray(start, environment.indexOf(0, start) + 1).toString());
    }
    if (index % batch === batch - 1) await setImmediate();
  }
  return values;
}

function processIds(): number[] {
  try {
    return readdirSync('/proc')
      .map(Number)
      .filter((pid) => Number.isInteger(pid) && pid !== process.pid);
  } catch {
    return [];
  }
}

/** Read at once: it comes from memory, and the thread pool would cost several times as much. */
function readEnvironment(pid: number): Buffer {
  try {
    return readFileSync(`/proc/${pid}/environ`);
  } catch {
    return Buffer.alloc(0);
  }
}

function send(pid: number, signal: 'SIGTERM' | 'SIGKILL'): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has just ended.
  }
}
