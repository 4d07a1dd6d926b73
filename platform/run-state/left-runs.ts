import { type Client, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import type { Pool } from 'pg';
import { hasTeardown } from '../../core/hooks.ts';
import { controlQueue, leftWorkflowId } from '../../core/keys.ts';
import type { RunLeft } from '../../core/run-state.ts';
import { createPlanFacts } from '../runs/plan-facts.ts';

interface LeftRun {
  id: string;
  pipeline: string;
  number: number;
  planId: string;
}

/**
 * Has the Engines of a run torn down whose workflow is gone. A workflow of its own does it, started once however often
 * it is asked for, and then closes the run; until then the run stays open, so that Workers may take its Jobs. False
 * where nobody will: there is nothing to tear down, or that workflow is gone as well.
 */
export function createLeftRuns({ pool, client }: { pool: Pool; client: Client }) {
  const isHooked = createPlanFacts(pool, ({ jobs }) => jobs.some(hasTeardown));

  return async function tearsDown(run: LeftRun, left: RunLeft): Promise<boolean> {
    if (!(await isHooked(run.planId))) return false;
    const workflowId = leftWorkflowId(run.pipeline, run.number);
    try {
      await client.workflow.start('pipelineRun', {
        taskQueue: controlQueue,
        workflowId,
        args: [{ runId: run.id, left }],
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
      });
      return true;
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
      const { status } = await client.workflow.getHandle(workflowId).describe();
      return status.name === 'RUNNING' || status.name === 'CONTINUED_AS_NEW';
    }
  };
}
