import type { RunDetail } from '../core/api/objects.ts';
import type { JobState, Wait } from '../core/run-state.ts';
import { midSentence } from '../core/sentence.ts';
import { isFinal, type Status } from '../core/status.ts';
import { toSecond } from '../core/to-second.ts';
import { isUnserved, placeText, plainWaitText } from '../core/wait-text.ts';
import { offered } from './data-dir.ts';
import type { Listener } from './follow.ts';
import { duration, safeInline, safeText } from './output.ts';

/** Turns what happens to a run into lines of text: log lines under their Job's name, what each Job became, waits. */
export function narrate(write: (line: string) => void, dataDir: string): Listener {
  const told = new Map<string, Status>();
  const asked = new Set<string>();
  let width = 0;

  return {
    line: (job, { text }) => write(`${job.padEnd(width)} | ${safeText(text)}`),
    changed: (run) => {
      width = Math.max(width, ...run.jobs.map((job) => Math.min(job.path.length, 32)));
      tellWait(run, waitOfAll(run));
      for (const job of run.jobs) {
        if (job.status === 'waiting' || isUnserved(job.wait)) tellWait(run, job.wait, job.path);
        if (told.get(job.path) === job.status) continue;
        told.set(job.path, job.status);
        if (isFinal(job.status)) write(`${job.path.padEnd(width)} # ${jobEnd(job)}`);
      }
    },
  };

  function tellWait(run: RunDetail, wait: Wait | null, job?: string): void {
    const key = `${job ?? ''} ${JSON.stringify(wait)}`;
    if (wait === null || asked.has(key)) return;
    asked.add(key);
    const text = waitText(wait, { run: `${run.pipeline}/${run.number}`, job, dataDir });
    write(`${(job ?? '').padEnd(width)} # ${text}`.trimStart());
  }
}

/** What only follows from what others wait for. */
const following: readonly Wait['kind'][] = ['jobs', 'outer', 'part'];

/** What a run waits for as a whole; what a Job waits for is said with the Job. */
export function waitOfAll({ wait, jobs }: Pick<RunDetail, 'wait' | 'jobs'>): Wait | null {
  return jobs.every((job) => job.wait === null || following.includes(job.wait.kind)) ? wait : null;
}

function jobEnd(job: JobState): string {
  const taken = job.inherited ? ` (taken over from ${job.ranIn?.run ?? 'an earlier run'})` : '';
  const time = job.startedAt === null || job.inherited ? '' : ` in ${duration(job.startedAt, job.endedAt)}`;
  return `${job.status}${time}${taken}${job.reason === null ? '' : `: ${safeInline(job.reason)}`}`;
}

interface Waiting {
  run: string;
  /** Absent where it is the run's first. */
  job?: string | undefined;
  dataDir: string;
}

/** Why something waits, what a person can do about it and what would end it. */
export function waitText(wait: Wait, of: Waiting): string {
  const end = wait.endsWhen === undefined ? '' : `; goes on when: ${safeInline(wait.endsWhen)}`;
  return whyText(wait, of) + end;
}

function whyText(wait: Wait, { run, job, dataDir }: Waiting): string {
  switch (wait.kind) {
    case 'approval': {
      const roles = wait.roles.length === 0 ? '' : ` by ${safeInline(wait.roles.join(' or '))}`;
      const until = wait.expiresAt === undefined ? '' : ` until ${toSecond(wait.expiresAt)}`;
      const which = job === undefined ? '' : ` --job ${job}`;
      const approve = offered(`approve ${run}${which}`, dataDir);
      return `waits for approval${roles}${until}: ${approve}   (or: palvella reject …)`;
    }
    case 'trigger': {
      const until = wait.until === undefined ? '' : ` until ${toSecond(wait.until)}`;
      return `waits for what the Trigger ${wait.trigger} is sent${until}`;
    }
    case 'timer':
      return `waits until ${toSecond(wait.until)}`;
    case 'retry':
      return `waits until ${toSecond(wait.until)} for attempt ${wait.attempt}`;
    case 'worker': {
      if (isUnserved(wait))
        return `waits for a Worker${placeText(wait)}: ${safeInline(wait.search.text)}: see ${offered('workers', dataDir)}`;
      const labels = Object.entries(wait.requires).map(([name, value]) => ` ${name}=${value}`);
      return `waits for a Worker with engine ${wait.engine}${labels.join('')}${placeText(wait)}`;
    }
    case 'worker_lost':
      return `waits for a decision, as Worker ${wait.worker} was lost in Action ${wait.action}: repeat, count as done or fail it on the run's page`;
    case 'window':
      return `waits for its turn${placeText(wait)}`;
    case 'jobs':
    case 'outer':
    case 'part':
    case 'temporal':
    case 'overlap':
      return safeInline(midSentence(plainWaitText(wait)));
    case 'paused': {
      const by = wait.by === undefined ? '' : ` by ${safeInline(wait.by)}`;
      const note = wait.note ? `: ${safeInline(wait.note)}` : '';
      return `waits, as the server is paused${by}${note}: see ${offered('resume', dataDir)}`;
    }
    case 'lock':
      return `waits for ${wait.names.length === 1 ? 'the lock' : 'the locks'} ${safeInline(wait.names.join(' and '))}${line(wait, dataDir)}`;
    case 'group':
      return `waits for a place in the group ${safeInline(wait.group)}${line(wait, dataDir)}`;
  }
}

/** Where it stands, and who has what it waits for. */
function line({ position, holders = [] }: Extract<Wait, { kind: 'lock' | 'group' }>, dataDir: string): string {
  const by = holders.map(({ pipeline, number, job }) => `${pipeline}/${number}${job === null ? '' : ` ${job}`}`);
  const at = placeText({ position });
  return by.length === 0 ? at : `${at}: ${safeInline(by.join(', '))} has it: see ${offered('locks', dataDir)}`;
}

/** The last line of a command that followed a run. */
export function runEnd(run: RunDetail): string {
  const reason = run.reason === null ? '' : `: ${safeInline(run.reason)}`;
  return `${run.pipeline}/${run.number} ${run.status} in ${duration(run.startedAt ?? run.queuedAt, run.endedAt)}${reason}`;
}
