import type { Pool } from 'pg';
import type { JobPlan } from '../../core/plan.ts';
import { readPlan } from '../../prisma/repositories/new-runs.ts';

/** Plans never change, so each is read once. */
const mostKept = 500;

/** Tells whether a plan has such a Job, one with Actions. What `for_each` made is planned once for all of its kind. */
export function createPlannedJobs(pool: Pool): (planId: string, jobPath: string) => Promise<boolean> {
  const kept = new Map<string, ReadonlySet<string>>();
  return async (planId, jobPath) => {
    let paths = kept.get(planId);
    if (paths === undefined) {
      paths = new Set(pathsOf((await readPlan(pool, planId)).jobs));
      if (kept.size >= mostKept) kept.clear();
      kept.set(planId, paths);
    }
    return paths.has(jobPath.replace(/\[\d+\](?=\/|$)/g, ''));
  };
}

function pathsOf(jobs: readonly JobPlan[]): string[] {
  return jobs.flatMap(({ name, body }) =>
    body.kind === 'actions' ? [name] : pathsOf(body.jobs).map((path) => `${name}/${path}`),
  );
}
