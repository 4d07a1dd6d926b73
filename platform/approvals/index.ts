import type { ApprovalItem, Decision, Preview } from '../../core/api/approvals.ts';
import type { Identity } from '../../core/permissions.ts';
import type { Database } from '../../prisma/database.ts';
import { transaction } from '../../prisma/transaction.ts';
import type { Blobs } from '../blobs/contract.ts';
import { notify } from '../events/index.ts';
import type { Runs, RunWorkflows } from '../runs/index.ts';
import { askApproval, type NewApproval } from './ask.ts';
import { decideApproval } from './decide.ts';
import { createDelivery } from './delivery.ts';
import { type ApprovalFilter, createItems } from './items.ts';
import { previewFile } from './preview.ts';
import { type ApprovalRow, holdApproval, readApproval } from './rows.ts';
import { sweepTimers } from './timers.ts';

export interface Approvals {
  ask(approval: NewApproval): Promise<{ approvalId: string } | { refused: string }>;
  read(id: string): Promise<ApprovalRow>;
  /** Closes what is still pending; answers with what it is then. */
  close(id: string, as: 'expired' | 'withdrawn'): Promise<ApprovalRow>;
  /** First a row, then a signal to the run, sent again by `deliver` until it arrives. */
  decide(id: string, by: Identity, decision: Decision): Promise<ApprovalItem>;
  item(id: string, by: Identity): Promise<ApprovalItem>;
  list(filter: ApprovalFilter, by: Identity): Promise<{ items: ApprovalItem[]; next: string | null }>;
  /** Of a file as it is bound to the approval. */
  preview(id: string, key: string): Promise<Preview>;
  countPending(): Promise<number>;
  /** Those that wait for whoever asks. */
  countMine(by: Identity): Promise<number>;
  /** Sends what runs have not been told yet; how many it told. */
  deliver(): Promise<number>;
  /** Reminds of what waits, and escalates it, where that is due; of how many. */
  remind(): Promise<number>;
}

export function createApprovals(deps: {
  db: Pick<Database, 'pool'>;
  runs: Pick<Runs, 'find' | 'summaries'>;
  workflows: Pick<RunWorkflows, 'signal'>;
  blobs: Pick<Blobs, 'get'>;
}): Approvals {
  const { pool } = deps.db;
  const items = createItems(pool, deps.runs);
  const delivery = createDelivery(pool, deps.workflows);
  const changed = () => notify(pool, { kind: 'approvals' });

  return {
    ask: async (approval) => {
      const asked = await askApproval(pool, approval);
      await changed();
      return asked;
    },
    read: (id) => readApproval(pool, id),
    close: async (id, as) => {
      const row = await transaction(pool, async (client) => {
        const approval = await holdApproval(client, id);
        if (approval.state !== 'pending') return approval;
        await client.query('update approvals set state = $2 where id = $1', [id, as]);
        return { ...approval, state: as };
      });
      await changed();
      return row;
    },
    decide: async (id, by, decision) => {
      try {
        const row = await decideApproval(pool, id, by, decision);
        const [decided] = await items.of([row], by);
        // Not there now: the sweep tells it. The word is kept all the same.
        const ids = row.decisions.map((one) => one.id);
        const { run } = decided as ApprovalItem;
        await delivery.tell(id, ids, run).catch(() => {});
        return decided as ApprovalItem;
      } finally {
        await changed();
      }
    },
    item: async (id, by) => (await items.of([await readApproval(pool, id)], by))[0] as ApprovalItem,
    list: items.list,
    countMine: items.countMine,
    preview: async (id, key) => previewFile(pool, deps.blobs, await readApproval(pool, id), key),
    countPending: async () => {
      const { rows } = await pool.query<{ count: number }>(
        `select count(*)::int as count from approvals where state = 'pending'`,
      );
      return rows[0]?.count ?? 0;
    },
    deliver: delivery.sweep,
    remind: async () => {
      const due = await sweepTimers(pool);
      if (due > 0) await changed();
      return due;
    },
  };
}
