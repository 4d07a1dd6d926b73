import type { Pool, PoolClient } from 'pg';
import type { Decision } from '../../core/api/approvals.ts';
import { PalvellaError } from '../../core/errors.ts';
import type { JsonObject } from '../../core/json.ts';
import { givenValues } from '../../core/language/given-values.ts';
import type { Identity } from '../../core/permissions.ts';
import { storableJson, storableText } from '../../prisma/storable.ts';
import { transaction } from '../../prisma/transaction.ts';
import { uuid7 } from '../../prisma/uuid7.ts';
import { canonicalJson } from '../definitions/canonical.ts';
import { holdShown } from './content.ts';
import { refusalOf } from './may-decide.ts';
import { type ApprovalRow, ownDecision, readApproval, standing } from './rows.ts';

/** One person's word; said again it changes nothing, and is refused once another has been said or all is decided. */
export async function decideApproval(pool: Pool, id: string, by: Identity, said: Decision): Promise<ApprovalRow> {
  const refusal = refusalOf(await readApproval(pool, id), by);
  if (refusal !== undefined) throw new PalvellaError('forbidden', refusal);
  const decided = await transaction(pool, async (client) => {
    const approval = await holdShown(client, id);
    const own = ownDecision(approval, by.name);
    if (own?.verdict === said.verdict && said.digest === approval.digest) return { approval };
    if (approval.state !== 'pending') throw conflict(`This approval is ${approval.state} already.`);
    // That what is shown has changed is kept, so nothing is thrown in here.
    if (said.digest !== approval.digest) return { approval, isStale: true };
    if (own !== undefined) throw conflict(`${own.by} has said ${own.verdict} already.`);
    if (approval.expiresAt !== null && approval.expiresAt.getTime() <= Date.now()) {
      throw conflict('The time to decide is over.');
    }
    const values = said.verdict === 'approve' ? valuesOf(approval, said.fields) : approval.values;
    return { approval: await write(client, approval, by, said, values) };
  });
  const { approval } = decided;
  if (!('isStale' in decided)) return approval;
  throw conflict(`What is shown has changed: its digest is ${approval.digest} now, not ${said.digest}.`, {
    remedy: 'Look at it again, then decide on that.',
  });
}

/** Whoever approves first fills in; all others approve that, too. */
function valuesOf({ fields, values }: ApprovalRow, given: JsonObject | undefined): JsonObject {
  if (values !== null && given === undefined) return values;
  const checked = givenValues('field', fields, given ?? {});
  if (values === null || canonicalJson(values) === canonicalJson(checked)) return checked;
  throw conflict('Others have approved other values of the fields.', {
    remedy: 'Approve those, or reject.',
  });
}

async function write(
  client: PoolClient,
  approval: ApprovalRow,
  by: Identity,
  { verdict, digest, comment }: Decision,
  values: JsonObject | null,
): Promise<ApprovalRow> {
  const { id, round, quorum } = approval;
  const { rows } = await client.query<ApprovalRow['decisions'][number]>(
    `insert into decisions (id, "approvalId", round, digest, by, verdict, comment) values ($1, $2, $3, $4, $5, $6, $7)
     returning id, round, by, verdict, comment, at`,
    [uuid7(), id, round, digest, by.name, verdict, comment === undefined ? null : storableText(comment)],
  );
  const decided = { ...approval, values, decisions: [...approval.decisions, ...rows] };
  const state = stateAfter(standing(decided), quorum);
  await client.query('update approvals set state = $2, "values" = $3 where id = $1', [
    id,
    state,
    values === null ? null : storableJson(values),
  ]);
  return { ...decided, state };
}

/** Any rejection rejects; as many approvals as asked for approve. */
function stateAfter(decisions: ApprovalRow['decisions'], quorum: number): ApprovalRow['state'] {
  if (decisions.some(({ verdict }) => verdict === 'reject')) return 'rejected';
  return decisions.length >= quorum ? 'approved' : 'pending';
}

function conflict(message: string, more: { remedy?: string } = {}): PalvellaError {
  return new PalvellaError('conflict', message, more);
}
