import type { Pool } from 'pg';
import type { SummaryItem } from '../../core/api/summaries.ts';
import { PalvellaError } from '../../core/errors.ts';
import { storableText } from '../../prisma/storable.ts';

/** Markdown that Actions wrote of what they did. */
export interface Summaries {
  /** In place of what an earlier try wrote. */
  put(summary: { runId: string; jobPath: string; action: string; text: string }): Promise<void>;
  /** In the order of the plan. */
  list(runId: string): Promise<SummaryItem[]>;
  get(runId: string, of: { job: string; action: string }): Promise<string>;
}

export function createSummaries(pool: Pool): Summaries {
  return {
    async put({ runId, jobPath, action, text }) {
      await pool.query(
        `insert into summaries ("runId", "jobPath", action, text) values ($1, $2, $3, $4)
         on conflict ("runId", "jobPath", action) do update set text = excluded.text, "writtenAt" = now()`,
        [runId, jobPath, action, storableText(text)],
      );
    },
    async list(runId) {
      const { rows } = await pool.query<SummaryItem>(
        `select s."jobPath", s.action, char_length(s.text) as size from summaries s
         left join action_runs a on a."runId" = s."runId" and a."jobPath" = s."jobPath" and a.name = s.action
         left join job_runs j on j."runId" = s."runId" and j.path = s."jobPath"
         where s."runId" = $1 order by j.position, s."jobPath", a.position, s.action`,
        [runId],
      );
      return rows;
    },
    async get(runId, { job, action }) {
      const { rows } = await pool.query<{ text: string }>(
        'select text from summaries where "runId" = $1 and "jobPath" = $2 and action = $3',
        [runId, job, action],
      );
      if (rows[0] !== undefined) return rows[0].text;
      throw new PalvellaError('not_found', `The Action ${action} of ${job} wrote no summary.`);
    },
  };
}
