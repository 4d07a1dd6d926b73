import type { Pool, PoolClient } from 'pg';
import type { ApprovalState, ShownFile } from '../../core/api/approvals.ts';
import { PalvellaError } from '../../core/errors.ts';
import type { JsonObject } from '../../core/json.ts';
import type { Param } from '../../core/plan.ts';
import { namesOf } from '../../core/same-person.ts';
import { isUuid } from '../../prisma/uuid7.ts';
import type { Target } from '../notifications/write.ts';

interface DecisionRow {
  id: string;
  round: number;
  by: string;
  verdict: 'approve' | 'reject';
  comment: string | null;
  at: Date;
}

export interface ApprovalRow {
  id: string;
  runId: string;
  jobPath: string;
  jobAttempt: number;
  action: string;
  attempt: number;
  prompt: string;
  roles: string[];
  quorum: number;
  requesters: string[];
  notByRequester: boolean;
  fields: Param[];
  values: JsonObject | null;
  shows: string[];
  files: ShownFile[];
  /** Empty until what is shown was first read. */
  digest: string;
  /** Decisions of earlier ones are void. */
  round: number;
  state: ApprovalState;
  askedAt: Date;
  expiresAt: Date | null;
  /** Who is told of it; where there is nobody, as its Pipeline says. */
  notify: Target[];
  remindAt: Date | null;
  /** Kept once it has been; then `escalateAt` is null. */
  escalation: { roles?: string[]; notify?: Target[] } | null;
  escalateAt: Date | null;
  /** Oldest first, the void ones too. */
  decisions: DecisionRow[];
}

const names = ['id', 'runId', 'jobPath', 'jobAttempt', 'action', 'attempt', 'prompt', 'roles', 'quorum', 'requesters'];
const more = [
  'notByRequester',
  'fields',
  'values',
  'shows',
  'files',
  'digest',
  'round',
  'state',
  'askedAt',
  'expiresAt',
  'notify',
  'remindAt',
  'escalation',
  'escalateAt',
];
const columns = [...names, ...more].map((name) => `a."${name}"`).join(', ');

/** Those that count. */
export function standing({ decisions, round }: ApprovalRow): DecisionRow[] {
  return decisions.filter((decision) => decision.round === round);
}

/** What this person has said, by whichever name of theirs. */
export function ownDecision(approval: ApprovalRow, name: string): DecisionRow | undefined {
  const names = namesOf(name);
  return standing(approval).find(({ by }) => names.includes(by));
}

/** Nobody else changes it until the transaction ends. */
export async function holdApproval(client: PoolClient, id: string): Promise<ApprovalRow> {
  if (isUuid(id)) await client.query('select from approvals where id = $1 for update', [id]);
  return readApproval(client, id);
}

/** Throws `not_found`. */
export async function readApproval(at: Pool | PoolClient, id: string): Promise<ApprovalRow> {
  const [approval] = isUuid(id) ? await selectApprovals(at, 'where a.id = $1', [id]) : [];
  if (approval === undefined) throw new PalvellaError('not_found', `There is no approval ${id}.`);
  return approval;
}

export async function selectApprovals(
  at: Pool | PoolClient,
  where: string,
  values: readonly unknown[],
): Promise<ApprovalRow[]> {
  const approvals = await at.query<Omit<ApprovalRow, 'decisions'>>(`select ${columns} from approvals a ${where}`, [
    ...values,
  ]);
  if (approvals.rows.length === 0) return [];
  const { rows } = await at.query<DecisionRow & { approvalId: string }>(
    `select id, "approvalId", round, by, verdict, comment, at from decisions where "approvalId" = any($1) order by id`,
    [approvals.rows.map(({ id }) => id)],
  );
  const byApproval = Map.groupBy(rows, ({ approvalId }) => approvalId);
  return approvals.rows.map((approval) => ({ ...approval, decisions: byApproval.get(approval.id) ?? [] }));
}
