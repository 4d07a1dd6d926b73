import type { Pool } from 'pg';
import type { ApprovalItem, ApprovalState } from '../../core/api/approvals.ts';
import type { Identity } from '../../core/permissions.ts';
import { namesOf } from '../../core/same-person.ts';
import { transaction } from '../../prisma/transaction.ts';
import { readIdCursor } from '../cursor.ts';
import type { Runs } from '../runs/index.ts';
import { holdShown } from './content.ts';
import { refusalOf } from './may-decide.ts';
import { type Outlook, outlookOf } from './outlook.ts';
import { type ApprovalRow, ownDecision, selectApprovals } from './rows.ts';

export interface ApprovalFilter {
  states?: readonly ApprovalState[] | undefined;
  /** Those that wait for whoever asks. */
  mine?: boolean | undefined;
  run?: string | undefined;
  cursor?: string | undefined;
  limit: number;
}

/** As people see them: `by` is who looks. */
export interface ApprovalItems {
  of(rows: readonly ApprovalRow[], by: Identity): Promise<ApprovalItem[]>;
  /** Newest first. */
  list(filter: ApprovalFilter, by: Identity): Promise<{ items: ApprovalItem[]; next: string | null }>;
  /** How many wait for them. */
  countMine(by: Identity): Promise<number>;
}

/** Of an approval `a`, that somebody with these roles and names is to decide it and has not. */
function waitsFor(roles: string, names: string): string {
  return `a.state = 'pending'
    and (a.roles && ${roles}::text[] or cardinality(a.roles) = 0 or 'administrator' = any(${roles}::text[]))
    and not (a."notByRequester" and a.requesters && ${names}::text[]) and not exists (
      select from decisions d where d."approvalId" = a.id and d.round = a.round and d.by = any(${names}::text[]))`;
}

export function createItems(pool: Pool, runs: Pick<Runs, 'find' | 'summaries'>): ApprovalItems {
  /** One that was asked for by an earlier version has no digest yet. */
  async function shown(row: ApprovalRow): Promise<ApprovalRow> {
    if (row.digest !== '' || row.state !== 'pending') return row;
    return transaction(pool, (client) => holdShown(client, row.id));
  }

  const of: ApprovalItems['of'] = async (rows, by) => {
    const [summaries, outlook] = await Promise.all([
      runs.summaries(rows.map(({ runId }) => runId)),
      outlookOf(pool, rows),
    ]);
    const known = new Map(summaries.map((run) => [run.id, run]));
    const items = await Promise.all(
      rows.map(async (found) => {
        const run = known.get(found.runId);
        return run === undefined ? [] : [{ ...itemOf(await shown(found), run, by), ...outlook(found) }];
      }),
    );
    return items.flat();
  };

  return {
    of,
    async list({ states, mine = false, run, cursor, limit }, by) {
      const runId = run === undefined ? null : (await runs.find(run)).id;
      const before = readIdCursor(cursor) ?? null;
      const rows = await selectApprovals(
        pool,
        `where ($1::text[] is null or a.state = any($1)) and ($2::uuid is null or a."runId" = $2)
           and ($3::uuid is null or a.id < $3) and (not $5 or (${waitsFor('$6', '$7')}))
         order by a.id desc limit $4`,
        [states ?? null, runId, before, limit + 1, mine, by.roles, namesOf(by.name)],
      );
      const page = rows.slice(0, limit);
      return { items: await of(page, by), next: rows.length > limit ? (page.at(-1)?.id ?? null) : null };
    },
    async countMine(by) {
      const { rows } = await pool.query<{ count: number }>(
        `select count(*)::int as count from approvals a where ${waitsFor('$1', '$2')}`,
        [by.roles, namesOf(by.name)],
      );
      return rows[0]?.count ?? 0;
    },
  };
}

function itemOf(row: ApprovalRow, run: ApprovalItem['run'], by: Identity): Omit<ApprovalItem, keyof Outlook> {
  const { id, jobPath, action, prompt, roles, quorum, state, digest, files, fields, values, notByRequester } = row;
  const own = ownDecision(row, by.name);
  return {
    id,
    run,
    jobPath,
    action,
    prompt,
    roles,
    quorum,
    state,
    digest,
    files,
    fields,
    values,
    notByRequester,
    refusal: refusalOf(row, by) ?? (own === undefined ? null : `You have said ${own.verdict} already.`),
    decisions: row.decisions.map(({ by: who, verdict, comment, at, round }) => ({
      by: who,
      verdict,
      comment,
      at: at.toISOString(),
      void: round !== row.round,
    })),
    askedAt: row.askedAt.toISOString(),
    expiresAt: row.expiresAt?.toISOString() ?? null,
  };
}
