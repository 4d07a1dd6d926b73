import type { Pool } from 'pg';
import type { JobPlan } from '../../core/plan.ts';
import { createPlanFacts } from '../runs/plan-facts.ts';

const index = /\[\d+\](?=\/|$)/g;

/** Whether the path has a Job that `for_each` made: the plan does not say how many there are. */
export function isItem(jobPath: string): boolean {
  return jobPath.search(index) !== -1;
}

/** Tells whether a plan has such a Job, one with Actions, with an index where there is a `for_each` and only there. */
export function createPlannedJobs(pool: Pool): (planId: string, jobPath: string) => Promise<boolean> {
  const pathsIn = createPlanFacts(pool, ({ jobs }) => new Set(pathsOf(jobs)));
  return async (planId, jobPath) => (await pathsIn(planId)).has(jobPath.replace(index, '[]'));
}

function pathsOf(jobs: readonly JobPlan[]): string[] {
  return jobs.flatMap(({ name, forEach, body }) => {
    const own = forEach === undefined ? name : `${name}[]`;
    return body.kind === 'actions' ? [own] : pathsOf(body.jobs).map((path) => `${own}/${path}`);
  });
}
