import type { Pool } from 'pg';
import type { JsonObject } from '../../core/json.ts';
import { runWorkflowId } from '../../core/keys.ts';
import { wantsOf } from '../../core/wants-of.ts';
import { holdRepository } from '../../prisma/repositories/holds.ts';
import { createPlanFacts } from '../runs/plan-facts.ts';

interface PlacedRun {
  id: string;
  pipeline: string;
  number: number;
  planId: string;
}

/**
 * Puts a run in line before it is given to Temporal, so that of two runs the one that was started first is first, however
 * soon their workflows come to ask. One whose names cannot be computed says so itself.
 */
export function createPlace({ pool }: { pool: Pool }): (run: PlacedRun) => Promise<void> {
  const holds = holdRepository(pool);
  const holdsOf = createPlanFacts(pool, ({ holds: of }) => of);

  return async ({ id, pipeline, number, planId }) => {
    const plans = await holdsOf(planId);
    if (plans === undefined) return;
    const { rows } = await pool.query<{ parameters: JsonObject; trigger: JsonObject }>(
      'select parameters, trigger from runs where id = $1',
      [id],
    );
    const { parameters = {}, trigger = {} } = rows[0] ?? {};
    const scope = { parameters, params: parameters, actions: {}, jobs: {}, trigger };
    let asked: ReturnType<typeof wantsOf>;
    try {
      asked = wantsOf(plans, scope, scope, []);
    } catch {
      return;
    }
    await holds.ask({ runId: id, jobPath: '', workflowId: runWorkflowId(pipeline, number), ...asked });
  };
}
