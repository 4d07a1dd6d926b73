import type { ActionState, JobState } from '../../../core/run-state.ts';
import { isBad, isOpen } from '../status/words.ts';

export interface Selection {
  job: string;
  action: string | null;
}

/** What is open when nothing was chosen: what failed first, else what runs or waits, else what ended last. */
export function defaultSelection(jobs: readonly JobState[]): Selection | null {
  const leaves = jobs.filter((job) => !jobs.some((other) => other.parent === job.path));
  const job =
    leaves.find((each) => isBad(each.status)) ??
    leaves.find((each) => each.wait?.kind === 'worker_lost') ??
    leaves.find((each) => each.status === 'running') ??
    leaves.find((each) => each.status === 'waiting') ??
    latest(leaves.filter((each) => !isOpen(each.status) && each.actions.length > 0 && !each.inherited)) ??
    leaves[0];
  return job === undefined ? null : { job: job.path, action: defaultAction(job) };
}

/** The Action of a Job to open: the failing one, the running one, else the last that started and prints. */
export function defaultAction(job: JobState): string | null {
  const started = job.actions.filter((action) => action.startedAt !== null);
  const open =
    job.actions.find((action) => isBad(action.status)) ??
    job.actions.find((action) => action.status === 'running') ??
    started.filter(prints).at(-1) ??
    started.at(-1) ??
    job.actions[0];
  return open?.name ?? null;
}

/** Control flow is evaluated by the run itself and has no log. */
const silent: ReadonlySet<string> = new Set(['match', 'compare', 'set', 'fail', 'approval', 'wait']);

export function prints(action: Pick<ActionState, 'type'>): boolean {
  return !silent.has(action.type);
}

function latest(jobs: readonly JobState[]): JobState | undefined {
  return jobs.reduce<JobState | undefined>(
    (last, job) => (last === undefined || (job.endedAt ?? '') > (last.endedAt ?? '') ? job : last),
    undefined,
  );
}

/** What the address names, if the run has it. */
export function namedSelection(
  jobs: readonly JobState[],
  path: string | null,
  action: string | null,
): Selection | null {
  const job = jobs.find((each) => each.path === path);
  if (job === undefined) return null;
  const known = job.actions.some((each) => each.name === action);
  return { job: job.path, action: known ? action : defaultAction(job) };
}

export function selectionSearch(search: string, selection: Selection): string {
  const next = new URLSearchParams(search);
  next.delete('tab');
  next.set('job', selection.job);
  if (selection.action === null) next.delete('action');
  else next.set('action', selection.action);
  return `?${next}`;
}
