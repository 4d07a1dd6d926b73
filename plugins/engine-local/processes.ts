import { readdir, readFile } from 'node:fs/promises';

const pollMs = 25;
/** How long a killed process may take to be gone, as one in the middle of slow disk work. */
const killMs = 10_000;

/**
 * Processes that carry this beginning of an environment variable, `NAME=value…`, wherever they have moved: a process
 * can leave its group and session, but not the environment it began with. Linux only; elsewhere there are none.
 */
export async function markedProcesses(marker: string): Promise<number[]> {
  const names = await readdir('/proc').catch(() => []);
  const wanted = Buffer.from(`\0${marker}`);
  const found = await Promise.all(
    names
      .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
      .map(async (name) => ((await carries(name, wanted)) ? Number(name) : undefined)),
  );
  return found.filter((pid) => pid !== undefined);
}

async function carries(pid: string, wanted: Buffer): Promise<boolean> {
  try {
    // The marker is never the first variable: PATH is.
    return (await readFile(`/proc/${pid}/environ`)).includes(wanted);
  } catch {
    return false;
  }
}

/** Asks them to end, and kills what is still there after `graceMs`; resolves when none is left. */
export async function endMarked(marker: string, graceMs: number): Promise<void> {
  const killAt = performance.now() + graceMs;
  const giveUpAt = killAt + killMs;
  const asked = new Set<number>();
  for (;;) {
    const pids = await markedProcesses(marker);
    if (pids.length === 0 || performance.now() > giveUpAt) return;
    const kill = performance.now() >= killAt;
    for (const pid of pids) {
      if (kill) send(pid, 'SIGKILL');
      else if (!asked.has(pid)) send(pid, 'SIGTERM');
      asked.add(pid);
    }
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}

function send(pid: number, signal: 'SIGTERM' | 'SIGKILL'): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has just ended.
  }
}
