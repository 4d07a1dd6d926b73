import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { identify, lives, type ProcessIdentity } from '../../workers/process-identity.ts';
import { writePrivate } from './kept-state.ts';

const graceMs = 5_000;
const pollMs = 50;

/**
 * Which processes belong to a data directory, on disk: a `palvella start` that was killed leaves them running, and
 * the next one must end them before it starts its own.
 */
export interface ProcessList {
  add(part: string, pid: number): void;
  /** Ends all that were added, also those that were still starting. */
  end(): Promise<void>;
}

type PartProcess = ProcessIdentity & { part: string };

export async function endLeftovers(dataDir: string, say: (text: string) => void): Promise<ProcessList> {
  const file = join(dataDir, 'processes.json');
  const left = read(file).filter(lives);
  if (left.length > 0) say(`ending ${left.length} processes that an earlier palvella start left behind`);
  await Promise.all(left.map(end));
  let known: PartProcess[] = [];
  return {
    add: (part, pid) => {
      const process = identify(pid);
      if (process === undefined) return;
      known = [...known.filter((other) => other.part !== part), { part, ...process }];
      writePrivate(file, known);
    },
    end: async () => {
      await Promise.all(known.filter(lives).map(end));
    },
  };
}

async function end(left: ProcessIdentity): Promise<void> {
  const deadline = Date.now() + graceMs;
  signal(left.pid, 'SIGTERM');
  while (lives(left)) {
    if (Date.now() > deadline) signal(left.pid, 'SIGKILL');
    await new Promise((done) => setTimeout(done, pollMs));
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function read(file: string): ProcessIdentity[] {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ProcessIdentity[];
  } catch {
    return [];
  }
}
