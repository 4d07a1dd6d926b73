import { isHolding } from '../core/holding-waits.ts';
import type { ActionState, JobChange, JobState, RunState, Transition } from '../core/run-state.ts';
import { isFinal, type Status } from '../core/status.ts';
import { nowIso } from './clock.ts';

/** What a run has come to, kept in the workflow. Every change is numbered and told. */
export interface RunBook {
  readonly run: Readonly<RunState>;
  job(path: string): JobState | undefined;
  /** Adds a Job, or puts another state in its place. */
  put(job: JobState): void;
  change(job: JobState, fields: Partial<JobState>): void;
  changeAction(job: JobState, action: ActionState, fields: Partial<ActionState>): void;
  changeRun(fields: Partial<Pick<RunState, 'status' | 'reason' | 'startedAt' | 'endedAt'>>): void;
  /** A part that counted by itself has ended: what follows here is newer. */
  countFrom(seq: number): void;
  /** Those of this workflow, in the order that they were added. */
  jobs(): JobState[];
  state(): RunState;
}

/** `publish` gets the changes of one turn of the workflow together. */
export function createRunBook(
  runId: string,
  publish: (transition: Transition) => void,
  turned: (status: Status) => void,
): RunBook {
  const jobs = new Map<string, JobState>();
  /** By Job, the places of its Actions that changed. */
  const changed = new Map<JobState, Set<number>>();
  let dirty = false;
  /** A run is started with this word among its search attributes. */
  let told: Status = 'running';
  const run: RunState = { runId, status: 'queued', reason: null, seq: 0, startedAt: null, endedAt: null, jobs: [] };

  function touch(job?: JobState, places: Iterable<number> = []): void {
    if (job !== undefined) changed.set(job, new Set([...(changed.get(job) ?? []), ...places]));
    if (dirty) return;
    dirty = true;
    void Promise.resolve().then(tell);
  }

  function tell(): void {
    dirty = false;
    if (run.status === 'running' || run.status === 'waiting') run.status = isHeld(jobs) ? 'waiting' : 'running';
    run.reason = run.status === 'waiting' ? waitText(jobs) : isFinal(run.status) ? run.reason : null;
    run.seq += 1;
    if (run.status !== told && run.status !== 'queued') turned(run.status);
    told = run.status;
    publish({ ...run, jobs: [...changed].map(([job, actions]) => changeOf(job, actions)) });
    changed.clear();
  }

  return {
    run,
    job: (path) => jobs.get(path),
    put(job) {
      jobs.set(job.path, job);
      touch(job, job.actions.keys());
    },
    change(job, fields) {
      Object.assign(job, fields);
      touch(job, fields.actions?.keys());
    },
    changeAction(job, action, fields) {
      Object.assign(action, fields);
      touch(job, [job.actions.indexOf(action)]);
    },
    changeRun(fields) {
      Object.assign(run, fields);
      touch();
    },
    countFrom(seq) {
      run.seq = Math.max(run.seq, seq);
    },
    jobs: () => [...jobs.values()],
    state: () => ({ ...run, jobs: [...jobs.values()] }),
  };
}

/** A copy, as the Job goes on changing. */
function changeOf(job: JobState, places: ReadonlySet<number>): JobChange {
  const actions = [...places].map((position) => ({ ...(job.actions[position] as ActionState), position }));
  return { ...job, actions };
}

/** A run waits when nothing in it goes on and somebody must act. */
function isHeld(jobs: ReadonlyMap<string, JobState>): boolean {
  let held = false;
  for (const job of jobs.values()) {
    if (job.status === 'waiting' && isHolding(job.wait)) held = true;
    else if (job.status === 'running' && job.actions.length > 0) return false;
    else if (job.status === 'waiting' || (job.status === 'queued' && job.wait !== null)) return false;
  }
  return held;
}

function waitText(jobs: ReadonlyMap<string, JobState>): string | null {
  for (const job of jobs.values()) if (job.status === 'waiting' && isHolding(job.wait)) return job.reason;
  return null;
}

export function newJob(job: Pick<JobState, 'path' | 'name' | 'parent' | 'requires'>, actions: ActionState[]): JobState {
  return {
    ...job,
    status: 'queued',
    reason: null,
    wait: null,
    attempt: 0,
    inherited: false,
    worker: null,
    output: {},
    startedAt: null,
    endedAt: null,
    actions,
  };
}

export function newAction(name: string, type: string): ActionState {
  return {
    name,
    type,
    status: 'queued',
    exitStatus: null,
    output: null,
    reason: null,
    attempt: 1,
    startedAt: null,
    endedAt: null,
  };
}

/** How a Job ends, with those of its Actions that it never came to. */
export function ended(job: JobState, status: Status, reason: string | null): Partial<JobState> {
  const unreached: Status = status === 'blocked' || status === 'stopped' ? status : 'skipped';
  const actions = job.actions.map((action) => (isFinal(action.status) ? action : { ...action, status: unreached }));
  return { status, reason, wait: null, endedAt: nowIso(), actions };
}
