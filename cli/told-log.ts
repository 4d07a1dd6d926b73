import { setTimeout as sleep } from 'node:timers/promises';
import type { LogLine, LogPage } from '../core/api/objects.ts';
import { type Client, runPath } from './client.ts';
import { CommandFailure } from './failure.ts';
import { patienceMs, retryMs } from './live.ts';

/** The log of the newest try of one Action, and how far it was told. */
export interface ToldLog {
  job: string;
  action: string;
  attempt: string;
  next: number;
  closed: boolean;
}

type TellLine = (job: string, line: LogLine) => void;

/** Tells each line once, whatever comes twice. */
export function tell(log: ToldLog, lines: readonly LogLine[], line: TellLine): void {
  for (const one of lines) {
    if (one.n < log.next) continue;
    log.next = one.n + 1;
    line(log.job, one);
  }
}

/** Tells what is still missing, read over HTTP. */
export async function drain(client: Client, runId: string, log: ToldLog, line: TellLine): Promise<void> {
  for (;;) {
    const query = { job: log.job, action: log.action, from: log.next, limit: 1000 };
    const page = await patiently(() => client.get<LogPage>(`${runPath(runId)}/log`, query));
    tell(log, page.lines, line);
    if (page.lines.length === 0 || log.next > page.total) return;
  }
}

/** Reads again while the server, or what it stands on, is away. */
async function patiently<T>(read: () => Promise<T>): Promise<T> {
  const began = Date.now();
  for (;;) {
    try {
      return await read();
    } catch (error) {
      const away = error instanceof CommandFailure && error.exitStatus === 3;
      if (!away || Date.now() - began > patienceMs) throw error;
      await sleep(retryMs);
    }
  }
}
