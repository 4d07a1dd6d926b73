import type { Pool } from 'pg';
import type { RunWorkflows } from '../runs/index.ts';

interface Run {
  pipeline: string;
  number: number;
}

export interface Delivery {
  /** Only what was decided before the signal went counts as delivered by it. */
  tell(approvalId: string, decisionIds: readonly string[], run: Run): Promise<void>;
  /** Sends what runs have not been told yet; how many it told. */
  sweep(): Promise<number>;
}

const mostAtOnce = 200;

export function createDelivery(pool: Pool, workflows: Pick<RunWorkflows, 'signal'>): Delivery {
  const tell: Delivery['tell'] = async (approvalId, decisionIds, run) => {
    await workflows.signal(run, 'approvalDecided', { approvalId });
    await pool.query('update decisions set delivered = true where id = any($1)', [decisionIds]);
  };
  return {
    tell,
    async sweep() {
      const { rows } = await pool.query<Run & { decisionId: string; approvalId: string }>(
        `select d.id as "decisionId", a.id as "approvalId", r.pipeline, r.number
         from decisions d join approvals a on a.id = d."approvalId" join runs r on r.id = a."runId"
         where not d.delivered order by d.id limit $1`,
        [mostAtOnce],
      );
      const byApproval = Map.groupBy(rows, ({ approvalId }) => approvalId);
      const told = await Promise.allSettled(
        [...byApproval].map(([approvalId, decisions]) => {
          const ids = decisions.map(({ decisionId }) => decisionId);
          return tell(approvalId, ids, decisions[0] as Run);
        }),
      );
      return told.filter(({ status }) => status === 'fulfilled').length;
    },
  };
}
