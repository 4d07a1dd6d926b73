import type { Pool, PoolClient } from 'pg';
import type { RunDetail, RunSummary } from '../../core/api/objects.ts';
import { PalvellaError } from '../../core/errors.ts';
import { shownParameters } from '../../core/hidden-parameters.ts';
import { runUrl } from '../../core/run-url.ts';
import type { Status } from '../../core/status.ts';
import { noTry } from '../like.ts';
import { isUuid } from '../uuid7.ts';
import { type DetailRow, type SummaryRow, selectDetail, selectSummaries } from './run-rows.ts';

export interface RunKey {
  id: string;
  pipeline: string;
  number: number;
  status: Status;
  planId: string;
  priority: number;
  submitted: boolean;
}

export interface RunFilter {
  /** Where absent, all but tries. */
  pipeline?: string | undefined;
  statuses?: readonly string[] | undefined;
  startedBy?: string | undefined;
  /** Asked for at or after this moment, and before that; ISO 8601. */
  since?: string | undefined;
  until?: string | undefined;
  /** Of the last run on the page before. */
  after?: { at: string; id: string } | undefined;
  limit: number;
}

export interface RunRepository {
  /** By id or `pipeline/number`. */
  find(run: string): Promise<RunKey>;
  detail(id: string): Promise<RunDetail>;
  summaries(ids: readonly string[]): Promise<RunSummary[]>;
  /** Newest first. */
  list(filter: RunFilter): Promise<RunSummary[]>;
  /** Names of those who started runs. */
  starters(limit: number): Promise<string[]>;
  /** The newest of each Pipeline. */
  newestOf(pipelines: readonly string[], count: number): Promise<Map<string, RunSummary[]>>;
}

export function runRepository(pool: Pool, url: string): RunRepository {
  const summaryOf = (row: SummaryRow): RunSummary => ({
    id: row.id,
    number: row.number,
    pipeline: row.pipeline,
    status: row.status,
    url: runUrl(url, row),
    reason: row.reason,
    version: row.version,
    parameters: shownParameters(row.parameters, row.secretParameters),
    startedBy: row.startedBy,
    priority: row.priority,
    retryOf: row.retryOf,
    forkOf: row.forkOf,
    forkFrom: row.forkFrom,
    queuedAt: row.queuedAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    endedAt: row.endedAt?.toISOString() ?? null,
    wait: row.wait,
  });

  return {
    find: (run) => findRun(pool, run),

    detail: async (id) => {
      const { rows } = await pool.query<DetailRow>({ name: 'run-detail', text: selectDetail, values: [id] });
      const [row] = rows;
      if (row === undefined) throw noRun(id);
      const byJob = Map.groupBy(row.actions, ({ jobPath }) => jobPath);
      return {
        ...summaryOf(row),
        seq: row.seq,
        ...(row.trigger === null ? {} : { trigger: row.trigger }),
        jobs: row.jobs.map(({ path, state }) => ({
          ...state,
          actions: (byJob.get(path) ?? []).map((action) => action.state),
        })),
      };
    },

    summaries: async (ids) => {
      const { rows } = await pool.query<SummaryRow>(
        `${selectSummaries} where r.id = any($1) order by r."queuedAt" desc, r.id desc`,
        [ids],
      );
      return rows.map(summaryOf);
    },

    list: async ({ pipeline, statuses, startedBy, since, until, after, limit }) => {
      const { rows } = await pool.query<SummaryRow>(
        `${selectSummaries} where ($1::text is null or r.pipeline = $1) and ($1 is not null or r.${noTry})
           and ($2::text[] is null or r.status = any($2))
           and ($3::timestamptz is null or (r."queuedAt", r.id) < ($3, $4::uuid))
           and ($6::text is null or r."startedBy" = $6)
           and ($7::timestamptz is null or r."queuedAt" >= $7) and ($8::timestamptz is null or r."queuedAt" < $8)
         order by r."queuedAt" desc, r.id desc limit $5`,
        [
          pipeline ?? null,
          statuses ?? null,
          after?.at ?? null,
          after?.id ?? null,
          limit,
          startedBy ?? null,
          since ?? null,
          until ?? null,
        ],
      );
      return rows.map(summaryOf);
    },

    starters: async (limit) => {
      // From name to name by the index, as there are many runs and few names.
      const { rows } = await pool.query<{ name: string }>(
        `with recursive names as (
           select min("startedBy") as name from runs
           union all
           select (select min(r."startedBy") from runs r where r."startedBy" > n.name) from names n where n.name is not null
         )
         select name from names where name is not null limit $1`,
        [limit],
      );
      return rows.map(({ name }) => name);
    },

    newestOf: async (pipelines, count) => {
      const { rows } = await pool.query<SummaryRow>(
        `select s.* from unnest($1::text[]) p(name)
         cross join lateral (${selectSummaries} where r.pipeline = p.name order by r.number desc limit $2) s`,
        [pipelines, count],
      );
      return Map.groupBy(rows.map(summaryOf), ({ pipeline }) => pipeline);
    },
  };
}

async function findRun(at: Pool | PoolClient, run: string): Promise<RunKey> {
  const named = /^([^/]+)\/(\d{1,9})$/.exec(run);
  const where = isUuid(run) ? 'id = $1' : 'pipeline = $1 and number = $2';
  const values = isUuid(run) ? [run] : named === null ? undefined : [named[1], Number(named[2])];
  if (values === undefined) throw noRun(run);
  const { rows } = await at.query<RunKey>(
    `select id, pipeline, number, status, "planId", priority, submitted from runs where ${where}`,
    values,
  );
  const [found] = rows;
  if (found === undefined) throw noRun(run);
  return found;
}

function noRun(run: string): PalvellaError {
  return new PalvellaError('not_found', `There is no run ${run}.`, {
    remedy: 'Name it by its id or as PIPELINE/NUMBER; palvella runs lists them.',
  });
}
