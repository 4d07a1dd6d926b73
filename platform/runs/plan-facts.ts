import type { Pool } from 'pg';
import type { Plan } from '../../core/plan.ts';
import { readPlan } from '../../prisma/repositories/new-runs.ts';

const mostKept = 500;

/** What is wanted of plans, by their ids. Plans never change, so each is read once. */
export function createPlanFacts<Facts>(pool: Pool, factsOf: (plan: Plan) => Facts): (planId: string) => Promise<Facts> {
  const kept = new Map<string, Facts>();
  return async (planId) => {
    const found = kept.get(planId);
    if (found !== undefined) return found;
    const facts = factsOf(await readPlan(pool, planId));
    if (kept.size >= mostKept) kept.clear();
    kept.set(planId, facts);
    return facts;
  };
}
