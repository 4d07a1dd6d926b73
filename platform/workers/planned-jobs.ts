import type { Pool } from 'pg';
import type { JobPlan } from '../../core/plan.ts';
import { createPlanFacts } from '../runs/plan-facts.ts';

/** Tells whether a plan has such a Job, one with Actions. What `for_each` made is planned once for all of its kind. */
export function createPlannedJobs(pool: Pool): (planId: string, jobPath: string) => Promise<boolean> {
  const pathsIn = createPlanFacts(pool, ({ jobs }) => new Set(pathsOf(jobs)));
  return async (planId, jobPath) => (await pathsIn(planId)).has(jobPath.replace(/\[\d+\](?=\/|$)/g, ''));
}

function pathsOf(jobs: readonly JobPlan[]): string[] {
  return jobs.flatMap(({ name, body }) =>
    body.kind === 'actions' ? [name] : pathsOf(body.jobs).map((path) => `${name}/${path}`),
  );
}
