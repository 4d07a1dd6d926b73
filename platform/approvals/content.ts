import type { PoolClient } from 'pg';
import type { ShownFile } from '../../core/api/approvals.ts';
import type { JsonObject } from '../../core/json.ts';
import { storableJson } from '../../prisma/storable.ts';
import { canonicalJson, contentId } from '../definitions/canonical.ts';
import { notify } from '../events/notify.ts';
import { type ApprovalRow, holdApproval } from './rows.ts';

/**
 * Holds an approval, with the digest of what it shows now. Where that has changed, what was decided is void: a decision
 * is on what somebody saw.
 */
export async function holdShown(client: PoolClient, id: string): Promise<ApprovalRow> {
  const approval = await holdApproval(client, id);
  if (approval.state !== 'pending') return approval;
  const { parameters, planId } = await readRun(client, approval.runId);
  const files = await storedFiles(client, approval.runId, approval.shows);
  const { runId: run, jobPath: job, jobAttempt, action, attempt, prompt, fields } = approval;
  const shown = { run, job, jobAttempt, action, attempt, prompt, parameters, plan: planId, fields };
  const digests = files.map(({ key, sha256 }) => ({ key, sha256 }));
  const digest = contentId(canonicalJson({ ...shown, files: digests }));
  if (digest === approval.digest) return approval;
  const round = approval.digest === '' ? approval.round : approval.round + 1;
  await client.query(
    `update approvals set digest = $2, files = $3, round = $4, "values" = case when round = $4 then "values" end where id = $1`,
    [id, digest, storableJson(files), round],
  );
  return { ...approval, digest, files, round, values: round === approval.round ? approval.values : null };
}

/** A file was stored again: whoever is asked to decide on it is shown that. */
export async function fileChanged(client: PoolClient, runId: string, key: string): Promise<void> {
  const { rows } = await client.query<{ id: string }>(
    `select id from approvals where "runId" = $1 and state = 'pending' and $2 = any(shows) order by id`,
    [runId, key],
  );
  for (const { id } of rows) await holdShown(client, id);
  if (rows.length > 0) await notify(client, { kind: 'approvals' });
}

/** In the order of the keys; those that are not there are not among them. */
export async function storedFiles(
  client: Pick<PoolClient, 'query'>,
  runId: string,
  keys: readonly string[],
): Promise<ShownFile[]> {
  if (keys.length === 0) return [];
  const { rows } = await client.query<ShownFile>(
    `select key, size::float8 as size, sha256 from stored_files where "runId" = $1 and key = any($2)
     order by array_position($2::text[], key)`,
    [runId, keys],
  );
  return rows;
}

async function readRun(client: PoolClient, id: string): Promise<{ parameters: JsonObject; planId: string }> {
  const { rows } = await client.query<{ parameters: JsonObject; planId: string }>(
    'select parameters, "planId" from runs where id = $1',
    [id],
  );
  return rows[0] as { parameters: JsonObject; planId: string };
}
