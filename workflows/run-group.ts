import type { JobScope } from '../core/expressions/index.ts';
import type { JobPlan } from '../core/plan.ts';
import { type Status, worst } from '../core/status.ts';
import { pathOf, type RunContext, type Surroundings } from './context.ts';
import { scopeOf } from './job-scope.ts';
import { endTogether, runInParts } from './parts.ts';
import { runJob } from './run-job.ts';

export async function runGroup(
  context: RunContext,
  jobs: readonly JobPlan[],
  around: Surroundings,
): Promise<{ status: Status; jobs: Record<string, JobScope> }> {
  const done: Record<string, JobScope> = { ...around.jobs };
  const ends = new Map<string, Promise<Status>>();
  const inParts = runInParts(context, jobs, around);
  const inner = { ...around, jobs: done };

  for (const plan of jobs) {
    const requires = plan.requires.map(
      (name) => ends.get(name) ?? Promise.reject<Status>(new TypeError(`there is no Job ${name}`)),
    );
    const part = inParts.get(plan.name);
    const end =
      part === undefined ? Promise.all(requires).then((before) => runOne(plan, before)) : part.then(finish(plan));
    ends.set(plan.name, end);
  }
  try {
    return { status: worst(await Promise.all(ends.values())), jobs: done };
  } catch (error) {
    // What ends the run ends parts of it that are still tearing down.
    if (endTogether()) await Promise.allSettled(ends.values());
    throw error;
  }

  async function runOne(plan: JobPlan, before: readonly Status[]): Promise<Status> {
    const ended = await runJob(context, plan, { before: named(plan, before), around: inner });
    done[plan.name] = ended;
    return ended.status;
  }

  function finish(plan: JobPlan): () => Status {
    return () => {
      const scope = scopeOf(context, pathOf(around.path, plan.name), plan);
      done[plan.name] = scope;
      return scope.status;
    };
  }
}

function named(plan: JobPlan, before: readonly Status[]): { name: string; status: Status }[] {
  return plan.requires.map((name, index) => ({ name, status: before[index] ?? 'blocked' }));
}
