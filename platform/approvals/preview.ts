import { buffer } from 'node:stream/consumers';
import type { Pool } from 'pg';
import type { Preview } from '../../core/api/approvals.ts';
import { PalvellaError } from '../../core/errors.ts';
import type { Blobs } from '../blobs/contract.ts';
import { mostText, textOf } from '../files/preview.ts';
import type { ApprovalRow } from './rows.ts';

/** Refused where the file is no longer what the approval is bound to. */
export async function previewFile(
  pool: Pool,
  blobs: Pick<Blobs, 'get'>,
  { runId, files }: ApprovalRow,
  key: string,
): Promise<Preview> {
  const shown = files.find((file) => file.key === key);
  if (shown === undefined) throw new PalvellaError('not_found', `This approval shows no file ${key}.`);
  const { rows } = await pool.query<{ blob: string }>(
    'select blob from stored_files where "runId" = $1 and key = $2 and sha256 = $3',
    [runId, key, shown.sha256],
  );
  const [file] = rows;
  if (file === undefined) {
    throw new PalvellaError('conflict', `The file ${key} has changed since.`, {
      remedy: 'Look at the approval again.',
    });
  }
  const isWhole = shown.size <= mostText;
  const start = await buffer(await blobs.get(file.blob, { start: 0, end: mostText }));
  return { text: textOf(start, !isWhole) ?? null, isWhole };
}
