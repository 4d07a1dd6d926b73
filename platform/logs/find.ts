import type { Pool } from 'pg';
import { type ActionKey, actionKeyText } from '../../core/keys.ts';
import { isFinal, type Status } from '../../core/status.ts';
import { parseActionKey } from './key.ts';

export interface LogPlace {
  runId: string;
  job: string;
  action: string;
}

/** The log of an Action's newest try. */
interface FoundLog {
  /** Undefined while nobody has said that the Action began. */
  key: string | undefined;
  /** The Action has ended: where there is no log now, there will be none. */
  ended: boolean;
}

export interface FindLogs {
  newest(place: LogPlace): Promise<FoundLog>;
  /** Those of a run, or of one Job and what is in it, in the order of the plan. */
  all(of: { runId: string; job?: string | undefined; action?: string | undefined }): Promise<LogPlace[]>;
}

interface Row {
  runStatus: Status;
  parent: string | null;
  inherited: boolean;
  jobAttempt: number | null;
  attempt: number | null;
  status: Status | null;
  keys: string[];
}

/** Retries and forks of one another. */
const mostRuns = 100;

export function createFindLogs({ pool }: { pool: Pool }): FindLogs {
  async function read({ runId, job, action }: LogPlace): Promise<Row | undefined> {
    const { rows } = await pool.query<Row>({
      name: 'find-log',
      text: `select r.status as "runStatus", coalesce(r."retryOfId", r."forkOfId") as parent,
               coalesce((j.state->>'inherited')::boolean, false) as inherited, a."jobAttempt", a.attempt, a.status,
               array(select key from logs l where l."runId" = r.id and l."jobPath" = $2 and l.action = $3) as keys
             from runs r left join job_runs j on j."runId" = r.id and j.path = $2
               left join action_runs a on a."runId" = r.id and a."jobPath" = $2 and a.name = $3
             where r.id = $1`,
      values: [runId, job, action],
    });
    return rows[0];
  }

  return {
    async newest(place) {
      let at = place;
      for (let run = 0; run < mostRuns; run += 1) {
        const row = await read(at);
        if (row === undefined) break;
        if (!row.inherited || row.parent === null || row.keys.length > 0) return newestOf(at, row);
        at = { ...at, runId: row.parent };
      }
      return { key: undefined, ended: true };
    },

    async all({ runId, job, action }) {
      const { rows } = await pool.query<{ job: string; action: string }>(
        `select a."jobPath" as job, a.name as action from action_runs a
         join job_runs j on j."runId" = a."runId" and j.path = a."jobPath"
         where a."runId" = $1 and ($2::text is null or j.path = $2 or starts_with(j.path, $2 || '/'))
           and ($3::text is null or a.name = $3)
         order by j.position, j.path, a.position`,
        [runId, job ?? null, action ?? null],
      );
      return rows.map((row) => ({ runId, ...row }));
    },
  };
}

/** A report of the newest try may be here before its log is, or after. */
function newestOf({ runId, job, action }: LogPlace, row: Row): FoundLog {
  const known = row.keys.map(parseActionKey).filter((key) => key !== undefined);
  const { jobAttempt, attempt } = row;
  const reported: ActionKey[] =
    jobAttempt === null || attempt === null || attempt < 1
      ? []
      : [{ runId, jobPath: job, jobAttempt, action, attempt }];
  const [newest] = [...known, ...reported].sort((a, b) => b.jobAttempt - a.jobAttempt || b.attempt - a.attempt);
  const ended = isFinal(row.runStatus) || (row.status !== null && isFinal(row.status));
  return { key: newest === undefined ? undefined : actionKeyText(newest), ended };
}
