import type { Pool, PoolClient } from 'pg';
import { PalvellaError } from '../../core/errors.ts';
import { storableText } from '../storable.ts';
import { transaction } from '../transaction.ts';
import { isUuid, uuid7 } from '../uuid7.ts';

export interface NewApproval {
  runId: string;
  jobPath: string;
  jobAttempt: number;
  action: string;
  prompt: string;
  roles: string[];
  quorum: number;
  expiresAt?: string;
}

type ApprovalState = 'pending' | 'approved' | 'rejected' | 'expired' | 'withdrawn';
export type Verdict = 'approve' | 'reject';

interface DecisionRow {
  id: string;
  by: string;
  verdict: Verdict;
  comment: string | null;
  at: Date;
}

export interface ApprovalRow {
  id: string;
  runId: string;
  jobPath: string;
  jobAttempt: number;
  action: string;
  prompt: string;
  roles: string[];
  quorum: number;
  state: ApprovalState;
  askedAt: Date;
  expiresAt: Date | null;
  /** Oldest first. */
  decisions: DecisionRow[];
}

/** A decision of which the run has not been told yet. */
interface Undelivered {
  decisionId: string;
  approvalId: string;
  pipeline: string;
  number: number;
}

export interface ApprovalRepository {
  /** The same request asked again is the same approval. */
  ask(approval: NewApproval): Promise<string>;
  read(id: string): Promise<ApprovalRow>;
  /** Newest first. */
  list(filter: {
    state?: string | undefined;
    runId?: string | undefined;
    before?: string | undefined;
    limit: number;
  }): Promise<ApprovalRow[]>;
  countPending(): Promise<number>;
  /** One person's word; said again it changes nothing, and is refused once another has been said or all is decided. */
  decide(id: string, decision: { by: string; verdict: Verdict; comment: string | null }): Promise<ApprovalRow>;
  /** Closes what is still pending; answers with what it is then. */
  close(id: string, as: 'expired' | 'withdrawn'): Promise<ApprovalRow>;
  undelivered(limit: number): Promise<Undelivered[]>;
  markDelivered(decisionIds: readonly string[]): Promise<void>;
}

const columns = `a.id, a."runId", a."jobPath", a."jobAttempt", a.action, a.prompt, a.roles, a.quorum, a.state, a."askedAt", a."expiresAt"`;

export function approvalRepository(pool: Pool): ApprovalRepository {
  return {
    ask: async (approval) => {
      const { runId, jobPath, jobAttempt, action, prompt, roles, quorum, expiresAt } = approval;
      const key = [runId, jobPath, jobAttempt, action];
      await pool.query(
        `insert into approvals (id, "runId", "jobPath", "jobAttempt", action, prompt, roles, quorum, "expiresAt")
         values ($5, $1, $2, $3, $4, $6, $7, $8, $9) on conflict do nothing`,
        [...key, uuid7(), storableText(prompt), roles.map(storableText), quorum, expiresAt ?? null],
      );
      const { rows } = await pool.query<{ id: string }>(
        `select id from approvals where "runId" = $1 and "jobPath" = $2 and "jobAttempt" = $3 and action = $4`,
        key,
      );
      return rows[0]?.id as string;
    },

    read: (id) => readOne(pool, id),

    list: async ({ state, runId, before, limit }) => {
      const { rows } = await pool.query<Omit<ApprovalRow, 'decisions'>>(
        `select ${columns} from approvals a
         where ($1::text is null or a.state = $1) and ($2::uuid is null or a."runId" = $2) and ($3::uuid is null or a.id < $3)
         order by a.id desc limit $4`,
        [state ?? null, runId ?? null, before ?? null, limit],
      );
      return withDecisions(pool, rows);
    },

    countPending: async () => {
      const { rows } = await pool.query<{ count: number }>(
        `select count(*)::int as count from approvals where state = 'pending'`,
      );
      return rows[0]?.count ?? 0;
    },

    decide: (id, decision) =>
      transaction(pool, async (client) => {
        const approval = await lock(client, id);
        const own = approval.decisions.find(({ by }) => by === decision.by);
        if (own?.verdict === decision.verdict) return approval;
        if (approval.state !== 'pending') {
          throw new PalvellaError('conflict', `This approval is ${approval.state} already.`);
        }
        if (own !== undefined) {
          throw new PalvellaError('conflict', `${decision.by} has said ${own.verdict} already.`);
        }
        if (approval.expiresAt !== null && approval.expiresAt.getTime() <= Date.now()) {
          throw new PalvellaError('conflict', 'The time to decide is over.');
        }
        const { rows } = await client.query<DecisionRow>(
          `insert into decisions (id, "approvalId", by, verdict, comment) values ($1, $2, $3, $4, $5)
           returning id, by, verdict, comment, at`,
          [uuid7(), id, decision.by, decision.verdict, decision.comment],
        );
        const decisions = [...approval.decisions, ...rows];
        const state = stateAfter(decisions, approval.quorum);
        await client.query('update approvals set state = $2 where id = $1', [id, state]);
        return { ...approval, state, decisions };
      }),

    close: (id, as) =>
      transaction(pool, async (client) => {
        const approval = await lock(client, id);
        if (approval.state !== 'pending') return approval;
        await client.query('update approvals set state = $2 where id = $1', [id, as]);
        return { ...approval, state: as };
      }),

    undelivered: async (limit) => {
      const { rows } = await pool.query<Undelivered>(
        `select d.id as "decisionId", a.id as "approvalId", r.pipeline, r.number
         from decisions d join approvals a on a.id = d."approvalId" join runs r on r.id = a."runId"
         where not d.delivered order by d.id limit $1`,
        [limit],
      );
      return rows;
    },

    markDelivered: async (decisionIds) => {
      await pool.query('update decisions set delivered = true where id = any($1)', [decisionIds]);
    },
  };
}

/** Any rejection rejects; as many approvals as asked for approve. */
function stateAfter(decisions: readonly DecisionRow[], quorum: number): ApprovalState {
  if (decisions.some(({ verdict }) => verdict === 'reject')) return 'rejected';
  return decisions.length >= quorum ? 'approved' : 'pending';
}

async function lock(client: PoolClient, id: string): Promise<ApprovalRow> {
  if (isUuid(id)) await client.query('select from approvals where id = $1 for update', [id]);
  return readOne(client, id);
}

async function readOne(at: Pool | PoolClient, id: string): Promise<ApprovalRow> {
  const { rows } = isUuid(id)
    ? await at.query<Omit<ApprovalRow, 'decisions'>>(`select ${columns} from approvals a where a.id = $1`, [id])
    : { rows: [] };
  const [approval] = await withDecisions(at, rows);
  if (approval === undefined) throw new PalvellaError('not_found', `There is no approval ${id}.`);
  return approval;
}

async function withDecisions(
  at: Pool | PoolClient,
  approvals: readonly Omit<ApprovalRow, 'decisions'>[],
): Promise<ApprovalRow[]> {
  if (approvals.length === 0) return [];
  const { rows } = await at.query<DecisionRow & { approvalId: string }>(
    `select id, "approvalId", by, verdict, comment, at from decisions where "approvalId" = any($1) order by id`,
    [approvals.map(({ id }) => id)],
  );
  const byApproval = Map.groupBy(rows, ({ approvalId }) => approvalId);
  return approvals.map((approval) => ({ ...approval, decisions: byApproval.get(approval.id) ?? [] }));
}
