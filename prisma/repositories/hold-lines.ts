import type { Pool } from 'pg';
import type { Hold, Want } from '../../core/holds.ts';

/** A hold with the run that it is of. */
export interface HoldLine extends Hold {
  runId: string;
  pipeline: string;
  number: number;
  /** Path of the Job; null where it is the whole run. */
  job: string | null;
  /** Of those that wait: when they asked. */
  grantedAt: Date;
}

interface Row {
  id: number;
  runId: string;
  pipeline: string;
  number: number;
  jobPath: string;
  state: string;
  rank: number;
  since: Date;
  settledAt: Date | null;
  wants: Want[];
}

const select = `select h.id, h."runId", r.pipeline, r.number, h."jobPath", h.state, h.rank, h.since, h."settledAt", h.wants
  from holds h join runs r on r.id = h."runId"`;

export function holdLines(pool: Pool) {
  return {
    /** What these runs and their Jobs wait for. */
    waiting: async (runIds: readonly string[]): Promise<HoldLine[]> => {
      const { rows } = await pool.query<Row>(
        `${select} where h."runId" = any($1) and h.state = 'waiting' order by h."jobPath"`,
        [runIds],
      );
      return rows.map(lineOf);
    },
    /** All that have or want one of these; all that there are where `keys` is null. */
    sharing: async (keys: readonly string[] | null): Promise<HoldLine[]> => {
      const { rows } = await pool.query<Row>(
        `${select} where h.state in ('waiting', 'granted', 'stopping') and ($1::text[] is null or h.keys && $1) order by h.id`,
        [keys],
      );
      return rows.map(lineOf);
    },
  };
}

function lineOf({ state, since, settledAt, jobPath, ...row }: Row): HoldLine {
  return {
    ...row,
    job: jobPath === '' ? null : jobPath,
    granted: state !== 'waiting',
    ...(state === 'stopping' ? { stopping: true } : {}),
    since: since.getTime(),
    grantedAt: settledAt ?? since,
  };
}
