import type { ActionState, JobState } from '../../../core/run-state.ts';
import type { Status } from '../../../core/status.ts';
import { isOpen } from '../status/words.ts';

/** A piece of a row. Times in Unix milliseconds; `to` is now where it goes on. */
export interface Bar {
  kind: 'waited' | 'ran' | 'try';
  from: number;
  to: number;
  /** Of the Job, Action or try. */
  status: Status;
}

/** What waits for somebody or for a time, not for work. */
const idle: ReadonlySet<string> = new Set(['approval', 'wait']);

/** What was taken over ran in another run, at other times. */
export function isShown(job: JobState): boolean {
  return job.startedAt !== null && !job.inherited;
}

/**
 * When a Job could have begun: when the last that it requires had ended, else when what it is in began. `runStart` for those
 * that nothing holds.
 */
export function readyAt(job: JobState, byPath: ReadonlyMap<string, JobState>, runStart: number): number {
  const prefix = job.parent === null ? '' : `${job.parent}/`;
  const ends = job.requires.flatMap((name) => {
    const required = byPath.get(prefix + name);
    return required === undefined || required.inherited || required.endedAt === null
      ? []
      : [Date.parse(required.endedAt)];
  });
  if (ends.length > 0) return Math.max(...ends);
  const parent = job.parent === null ? undefined : byPath.get(job.parent);
  return parent?.startedAt === undefined || parent.startedAt === null ? runStart : Date.parse(parent.startedAt);
}

/** Pieces of a Job, in order, without a gap from when it could begin to its end. */
export function barsOf(job: JobState, ready: number, now: number): Bar[] {
  if (!isShown(job)) return [];
  const end = job.endedAt === null ? now : Date.parse(job.endedAt);
  const bars: Bar[] = [];
  let at = Math.min(ready, Date.parse(job.startedAt ?? ''));
  const add = (kind: Bar['kind'], to: number, status: Status) => {
    if (to > at) bars.push({ kind, from: at, to, status });
    at = Math.max(at, to);
  };
  for (const each of job.tries ?? []) {
    add('waited', Date.parse(each.startedAt), 'queued');
    add('try', Date.parse(each.endedAt), each.status);
  }
  if (job.actions.length === 0) {
    // A group goes on while anything in it does; what is in it says what waited.
    add('waited', Date.parse(job.startedAt ?? ''), 'queued');
    add('ran', end, job.status);
    return bars;
  }
  for (const action of begun(job.actions, at)) {
    add('waited', Date.parse(action.startedAt), 'queued');
    const to = action.endedAt === null ? (isOpen(job.status) ? now : end) : Date.parse(action.endedAt);
    add(idle.has(action.type) ? 'waited' : 'ran', Math.min(to, end), action.status);
  }
  add(isOpen(job.status) && job.wait !== null ? 'waited' : 'ran', end, job.status);
  // One that took no time is still seen.
  return bars.length > 0 ? bars : [{ kind: 'ran', from: at, to: at, status: job.status }];
}

/** Of one Action, its last try. */
export function actionBar(action: ActionState, now: number): Bar | undefined {
  if (action.startedAt === null) return undefined;
  const to = action.endedAt === null ? now : Date.parse(action.endedAt);
  const kind = idle.has(action.type) ? 'waited' : 'ran';
  return { kind, from: Date.parse(action.startedAt), to, status: action.status };
}

function begun(actions: readonly ActionState[], since: number): (ActionState & { startedAt: string })[] {
  return actions
    .filter((action): action is ActionState & { startedAt: string } => action.startedAt !== null)
    .filter(
      ({ startedAt, endedAt }) => endedAt === null || Date.parse(endedAt) >= since || Date.parse(startedAt) >= since,
    )
    .sort((a, b) => Date.parse(a.startedAt) - Date.parse(b.startedAt));
}

/** Milliseconds that the pieces take, of those of a kind. */
export function sumOf(bars: readonly Bar[], isOf: (bar: Bar) => boolean): number {
  return bars.filter(isOf).reduce((sum, { from, to }) => sum + to - from, 0);
}
