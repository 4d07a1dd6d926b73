import type { LogLine, LogPage, RunDetail } from '../core/api/objects.ts';
import { isFinal } from '../core/status.ts';
import type { Client } from './client.ts';
import { CommandFailure } from './failure.ts';
import { openLive, patienceMs, retryMs } from './live.ts';
import { drain, type ToldLog, tell } from './told-log.ts';

/** What a follower is told, in order. */
export interface Listener {
  line(job: string, line: LogLine): void;
  changed(run: RunDetail): void;
}

/** Once the run has ended its logs are closed soon; what is still missing then is read over HTTP. */
const closingMs = 2_000;

/** Tells every log line of a run once, and resolves with the run when it has ended. Survives the server's restart. */
export async function follow(
  client: Client,
  runId: string,
  listener: Listener,
  only: { job?: string; action?: string } = {},
): Promise<RunDetail> {
  const logs = new Map<string, ToldLog>();
  /** The id of each log's subscription, which the server takes short ones for, by Job and Action. */
  const ids = new Map<string, string>();
  /** Since when the server has refused a subscription. */
  const refusedSince = new Map<string, number>();
  const ended = Promise.withResolvers<RunDetail>();
  let last: RunDetail | undefined;

  const live = openLive(client.connection, {
    opened: () => {
      for (const id of ['run', ...logs.keys()]) subscribe(id);
    },
    message: (message) => {
      if (message.type !== 'error') refusedSince.delete(message.id);
      if (message.type === 'run') saw(message.run);
      else if (message.type === 'log') heard(message.id, message);
      else if (message.type === 'error') refused(message.id, message.code, message.detail);
    },
    gaveUp: ended.reject,
  });

  try {
    const run = await ended.promise;
    for (const log of logs.values()) if (!log.closed) await drain(client, run.id, log, listener.line);
    listener.changed(run);
    return run;
  } finally {
    live.close();
  }

  function saw(run: RunDetail): void {
    last = run;
    for (const job of run.jobs) {
      for (const action of job.actions) {
        if (action.startedAt === null || job.inherited) continue;
        if (job.path !== (only.job ?? job.path) || action.name !== (only.action ?? action.name)) continue;
        const name = `${job.path}\n${action.name}`;
        const id = ids.get(name) ?? `log-${ids.size + 1}`;
        ids.set(name, id);
        const attempt = `${job.attempt}.${action.attempt}`;
        if (logs.get(id)?.attempt === attempt) continue;
        const log = { job: job.path, action: action.name, attempt, next: 1, closed: false };
        logs.set(id, log);
        subscribe(id);
      }
    }
    tellChange();
    if (isFinal(run.status)) {
      finishWhenRead();
      setTimeout(() => ended.resolve(run), closingMs).unref();
    }
  }

  function heard(id: string, page: LogPage): void {
    const log = logs.get(id);
    if (log === undefined) return;
    tell(log, page.lines, listener.line);
    if (!page.closed || log.next <= page.total) return;
    log.closed = true;
    live.send({ type: 'unsubscribe', id });
    tellChange();
    finishWhenRead();
  }

  /** As a rule what the server stands on is away for a moment. What is not there, or nobody's business, will not be. */
  function refused(id: string, code: string, detail: string): void {
    const log = logs.get(id);
    if (log !== undefined && code === 'not_found') {
      log.closed = true;
      tellChange();
      finishWhenRead();
    } else if (code === 'not_found' || code === 'forbidden') {
      ended.reject(new CommandFailure(2, detail));
    } else {
      const since = refusedSince.get(id) ?? Date.now();
      refusedSince.set(id, since);
      if (Date.now() - since > patienceMs) ended.reject(new CommandFailure(3, detail));
      else setTimeout(() => subscribe(id), retryMs).unref();
    }
  }

  /** That a Job has ended comes after its last line. */
  function tellChange(): void {
    if (last === undefined) return;
    const unread = new Set([...logs.values()].filter(({ closed }) => !closed).map(({ job }) => job));
    listener.changed({ ...last, jobs: last.jobs.filter(({ path, status }) => !isFinal(status) || !unread.has(path)) });
  }

  function finishWhenRead(): void {
    if (last !== undefined && isFinal(last.status) && [...logs.values()].every((log) => log.closed))
      ended.resolve(last);
  }

  function subscribe(id: string): void {
    const log = logs.get(id);
    if (id === 'run') live.send({ type: 'subscribe', id, topic: { topic: 'run', run: runId } });
    else if (log?.closed === false) {
      const topic = { topic: 'log', run: runId, job: log.job, action: log.action, from: log.next } as const;
      live.send({ type: 'subscribe', id, topic });
    }
  }
}
