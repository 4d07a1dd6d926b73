import type { JobScope, Scope } from '../core/expressions/index.ts';
import { hasTeardown } from '../core/hooks.ts';
import type { JobPlan } from '../core/plan.ts';
import { isFinal, type Status } from '../core/status.ts';
import { endReason, pathOf, type RunContext, type Surroundings } from './context.ts';
import { endBroken, endUnrun, partEnded } from './end-job.ts';
import { scopeOf } from './job-scope.ts';
import { isEnding } from './limited.ts';
import { runEach } from './run-each.ts';
import { runHeld } from './run-held.ts';
import { whetherToRun } from './whether-to-run.ts';

export interface JobOf {
  before: readonly { name: string; status: Status }[];
  around: Surroundings;
}

/** One Job from the end of what it requires to its own end. Never throws: what breaks is the Job's status. */
export async function runJob(context: RunContext, plan: JobPlan, { before, around }: JobOf): Promise<JobScope> {
  const { book } = context;
  const path = pathOf(around.path, plan.name);
  const job = book.job(path);
  if (job === undefined) return { status: 'errored', output: {} };
  // What it came to in an earlier run or history stands.
  if (isFinal(job.status)) return scopeOf(context, path, plan);
  const scope = scopeBefore(context, around);
  try {
    // One that an earlier history left in the middle still has its Engines to tear down.
    const isOver = isEnding() && (job.startedAt === null || !hasTeardown(plan));
    const decision = isOver
      ? { status: 'stopped' as const, reason: endReason(context, path, partEnded) }
      : whetherToRun(plan, before, scope);
    if (decision !== undefined) endUnrun(book, job, decision.status, decision.reason);
    else if (plan.forEach === undefined) await runHeld(context, plan, job, { around, scope });
    else await runEach(context, { plan, list: plan.forEach }, job, { around, scope });
  } catch (error) {
    endBroken(context, job, error);
  }
  return scopeOf(context, path, plan);
}

function scopeBefore({ trigger }: RunContext, around: Surroundings): Scope {
  return { parameters: around.parameters, params: {}, actions: {}, jobs: around.jobs, trigger };
}
