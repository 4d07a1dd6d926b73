import type { ApprovalItem } from '../../core/api/objects.ts';
import { PalvellaError } from '../../core/errors.ts';
import type { Identity } from '../../core/permissions.ts';
import type { Database } from '../../prisma/database.ts';
import {
  type ApprovalRepository,
  type ApprovalRow,
  approvalRepository,
  type NewApproval,
  type Verdict,
} from '../../prisma/repositories/approvals.ts';
import { isUuid } from '../../prisma/uuid7.ts';
import { notify } from '../events/index.ts';
import type { Runs, RunWorkflows } from '../runs/index.ts';

export interface Approvals {
  ask(approval: NewApproval): Promise<{ approvalId: string }>;
  read(id: string): Promise<ApprovalRow>;
  close(id: string, as: 'expired' | 'withdrawn'): Promise<ApprovalRow>;
  /** First a row, then a signal to the run, sent again by `deliver` until it arrives. */
  decide(id: string, by: Identity, decision: { verdict: Verdict; comment?: string | undefined }): Promise<ApprovalItem>;
  item(id: string): Promise<ApprovalItem>;
  list(filter: {
    state?: string | undefined;
    run?: string | undefined;
    cursor?: string | undefined;
    limit: number;
  }): Promise<{
    items: ApprovalItem[];
    next: string | null;
  }>;
  countPending(): Promise<number>;
  /** Sends what runs have not been told yet; how many it told. */
  deliver(): Promise<number>;
}

const mostAtOnce = 200;

export function createApprovals(deps: {
  db: Pick<Database, 'pool'>;
  runs: Pick<Runs, 'find' | 'summaries'>;
  workflows: Pick<RunWorkflows, 'signal'>;
}): Approvals {
  const { pool } = deps.db;
  const approvals: ApprovalRepository = approvalRepository(pool);
  const changed = () => notify(pool, { kind: 'approvals' });

  async function itemsOf(rows: readonly ApprovalRow[]): Promise<ApprovalItem[]> {
    const runs = new Map((await deps.runs.summaries(rows.map(({ runId }) => runId))).map((run) => [run.id, run]));
    return rows.flatMap(({ id, runId, jobPath, action, prompt, roles, quorum, state, ...row }) => {
      const run = runs.get(runId);
      if (run === undefined) return [];
      const { askedAt, expiresAt, decisions } = row;
      return {
        id,
        run,
        jobPath,
        action,
        prompt,
        roles,
        quorum,
        state,
        decisions: decisions.map(({ by, verdict, comment, at }) => ({ by, verdict, comment, at: at.toISOString() })),
        askedAt: askedAt.toISOString(),
        expiresAt: expiresAt?.toISOString() ?? null,
      };
    });
  }
  const item = async (row: ApprovalRow) => (await itemsOf([row]))[0] as ApprovalItem;

  /** Only what was decided before the signal went counts as delivered by it. */
  async function tell(
    approvalId: string,
    decisionIds: readonly string[],
    run: { pipeline: string; number: number },
  ): Promise<void> {
    await deps.workflows.signal(run, 'approvalDecided', { approvalId });
    await approvals.markDelivered(decisionIds);
  }

  return {
    ask: async (approval) => {
      const approvalId = await approvals.ask(approval);
      await changed();
      return { approvalId };
    },
    read: approvals.read,
    close: async (id, as) => {
      const row = await approvals.close(id, as);
      await changed();
      return row;
    },
    decide: async (id, by, { verdict, comment }) => {
      const { roles } = await approvals.read(id);
      const isAsked =
        roles.length === 0 || by.roles.includes('administrator') || roles.some((role) => by.roles.includes(role));
      if (!isAsked) {
        throw new PalvellaError('forbidden', `Only ${roles.join(' or ')} may decide this.`);
      }
      const row = await approvals.decide(id, { by: by.name, verdict, comment: comment ?? null });
      await changed();
      const decided = await item(row);
      // Not there now: the sweep tells it. The word is kept all the same.
      const ids = row.decisions.map((decision) => decision.id);
      await tell(id, ids, decided.run).catch(() => {});
      return decided;
    },
    item: async (id) => item(await approvals.read(id)),
    list: async ({ state, run, cursor, limit }) => {
      const runId = run === undefined ? undefined : (await deps.runs.find(run)).id;
      const before = cursor !== undefined && isUuid(cursor) ? cursor : undefined;
      const rows = await approvals.list({ state, runId, before, limit: limit + 1 });
      const shown = rows.slice(0, limit);
      return { items: await itemsOf(shown), next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null };
    },
    countPending: approvals.countPending,
    deliver: async () => {
      const waiting = await approvals.undelivered(mostAtOnce);
      const byApproval = Map.groupBy(waiting, ({ approvalId }) => approvalId);
      const told = await Promise.allSettled(
        [...byApproval].map(([approvalId, decisions]) => {
          const ids = decisions.map(({ decisionId }) => decisionId);
          return tell(approvalId, ids, decisions[0] as { pipeline: string; number: number });
        }),
      );
      return told.filter(({ status }) => status === 'fulfilled').length;
    },
  };
}
