import type { JobPlan } from '../core/plan.ts';
import type { JobState } from '../core/run-state.ts';
import type { Status } from '../core/status.ts';
import { pathOf } from './context.ts';
import { ended, newAction, newJob, type RunBook } from './run-book.ts';

/** Puts a Job and all that is known to be in it into the book, so that people see the whole graph from the start. */
export function register(
  book: RunBook,
  plan: JobPlan,
  at: { group: string; parent: string | null; name?: string },
): JobState {
  const name = at.name ?? plan.name;
  const path = pathOf(at.group, name);
  const actions = plan.forEach === undefined && plan.body.kind === 'actions' ? plan.body.actions : [];
  const job = newJob(
    { path, name, parent: at.parent, requires: plan.requires },
    actions.map((action) => newAction(action.name, action.type)),
  );
  book.put(job);
  if (plan.forEach === undefined && plan.body.kind === 'jobs') {
    for (const inner of plan.body.jobs) register(book, inner, { group: path, parent: path });
  }
  return job;
}

/** Ends a Job that does not run, and all that is in it. */
export function endUnrun(book: RunBook, job: JobState, status: Status, reason: string | null): void {
  book.change(job, ended(job, status, reason));
  for (const inner of within(book, job.path)) book.change(inner, ended(inner, status, null));
}

export function within(book: RunBook, path: string): JobState[] {
  return book.jobs().filter((one) => one.path.startsWith(`${path}/`) || one.path.startsWith(`${path}[`));
}
