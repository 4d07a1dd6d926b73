import type { JobScope } from '../core/expressions/index.ts';
import type { JobPlan } from '../core/plan.ts';
import type { JobState } from '../core/run-state.ts';
import type { RunContext } from './context.ts';
import { isEnding } from './limited.ts';

/** What other Jobs read of one that has ended. */
export function scopeOf(context: RunContext, path: string, plan: JobPlan): JobScope {
  const job = context.book.job(path);
  if (job === undefined) return { status: isEnding() ? 'stopped' : 'errored', output: {} };
  if (plan.forEach === undefined) return { status: job.status, output: job.output };
  return { status: job.status, output: instancesOf(context, path).map(({ output }) => output) };
}

/** Jobs that a `for_each` made, in the order of its list. */
function instancesOf(context: RunContext, path: string): JobState[] {
  const found: JobState[] = [];
  for (let index = 0; ; index += 1) {
    const job = context.book.job(`${path}[${index}]`);
    if (job === undefined) return found;
    found.push(job);
  }
}
