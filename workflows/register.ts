import { actionsOf } from '../core/hooks.ts';
import type { JobPlan } from '../core/plan.ts';
import type { JobState } from '../core/run-state.ts';
import { isFinal } from '../core/status.ts';
import { pathOf, type RunContext } from './context.ts';
import { newAction, newJob } from './run-book.ts';

/**
 * Puts a Job and all that is known to be in it into the book, so that people see the whole graph from the start. What
 * an earlier run or history brought about is taken as it was.
 */
export function register(
  context: RunContext,
  plan: JobPlan,
  at: { group: string; parent: string | null; name?: string },
): JobState {
  const { book, earlier } = context;
  const name = at.name ?? plan.name;
  const path = pathOf(at.group, name);
  const found = book.job(path);
  if (found !== undefined) return found;
  const actions = plan.forEach === undefined ? actionsOf(plan.body) : [];
  const before = earlier.get(path);
  const job =
    before === undefined
      ? newJob(
          { path, name, parent: at.parent, requires: plan.requires },
          actions.map((action) => newAction(action.name, action.plan.type)),
        )
      : { ...before };
  book.put(job);
  if (plan.forEach !== undefined) {
    for (const [made, state] of isFinal(job.status) ? earlier : []) {
      if (made.startsWith(`${path}[`)) book.put({ ...state });
    }
  } else if (plan.body.kind === 'jobs') {
    for (const inner of plan.body.jobs) register(context, inner, { group: path, parent: path });
  }
  return job;
}
