import type { LogLine, LogPage, RunDetail } from '../core/api/objects.ts';
import { isFinal } from '../core/status.ts';
import { type Client, runPath } from './client.ts';
import { openLive } from './live.ts';

/** What a follower is told, in order. */
export interface Listener {
  line(job: string, line: LogLine): void;
  changed(run: RunDetail): void;
}

/** The log of the newest try of one Action, and how far it was told. */
interface Following {
  job: string;
  action: string;
  attempt: string;
  next: number;
  closed: boolean;
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
  const logs = new Map<string, Following>();
  const ended = Promise.withResolvers<RunDetail>();
  let last: RunDetail | undefined;

  const live = openLive(client.connection, {
    opened: () => {
      live.send({ type: 'subscribe', id: 'run', topic: { topic: 'run', run: runId } });
      for (const [id, log] of logs) if (!log.closed) subscribe(id, log);
    },
    message: (message) => {
      if (message.type === 'run') saw(message.run);
      else if (message.type === 'log') heard(message.id, message);
      else if (message.type === 'error') refused(message.id);
    },
    gaveUp: ended.reject,
  });

  try {
    const run = await ended.promise;
    for (const log of logs.values()) if (!log.closed) await drain(client, run.id, log, listener);
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
        const id = `${job.path}\n${action.name}`;
        const attempt = `${job.attempt}.${action.attempt}`;
        if (logs.get(id)?.attempt === attempt) continue;
        const log = { job: job.path, action: action.name, attempt, next: 1, closed: false };
        logs.set(id, log);
        subscribe(id, log);
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
    tell(log, page.lines, listener);
    if (!page.closed || log.next <= page.total) return;
    log.closed = true;
    live.send({ type: 'unsubscribe', id });
    tellChange();
    finishWhenRead();
  }

  /** An Action that is evaluated in the workflow has no log. */
  function refused(id: string): void {
    const log = logs.get(id);
    if (log !== undefined) log.closed = true;
    tellChange();
    finishWhenRead();
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

  function subscribe(id: string, log: Following): void {
    const topic = { topic: 'log', run: runId, job: log.job, action: log.action, from: log.next } as const;
    live.send({ type: 'subscribe', id, topic });
  }
}

function tell(log: Following, lines: readonly LogLine[], listener: Listener): void {
  for (const line of lines) {
    if (line.n < log.next) continue;
    log.next = line.n + 1;
    listener.line(log.job, line);
  }
}

async function drain(client: Client, runId: string, log: Following, listener: Listener): Promise<void> {
  for (;;) {
    const page = await client.get<LogPage>(`${runPath(runId)}/log`, {
      job: log.job,
      action: log.action,
      from: log.next,
      limit: 1000,
    });
    tell(log, page.lines, listener);
    if (page.lines.length === 0 || log.next > page.total) return;
  }
}
