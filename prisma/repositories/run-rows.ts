import { holdingWaits } from '../../core/holding-waits.ts';
import type { JsonObject } from '../../core/json.ts';
import type { ActionState, JobState, Wait } from '../../core/run-state.ts';
import type { Status } from '../../core/status.ts';

export interface SummaryRow {
  id: string;
  pipeline: string;
  number: number;
  version: number;
  parameters: JsonObject;
  secretParameters: string[];
  startedBy: string;
  priority: number;
  status: Status;
  reason: string | null;
  seq: number;
  queuedAt: Date;
  startedAt: Date | null;
  endedAt: Date | null;
  retryOf: string | null;
  forkOf: string | null;
  forkFrom: string | null;
  wait: Wait | null;
}

export interface DetailRow extends SummaryRow {
  jobs: { path: string; state: Omit<JobState, 'actions'> }[];
  actions: { jobPath: string; state: ActionState }[];
  trigger: { name: string; delivery: string } | null;
}

const holding = `('${holdingWaits.join("', '")}')`;

/**
 * What a run waits for is what the oldest Job that people must act on does, else, where no Action of it goes on, what its
 * first Job does; one that has not begun waits to be begun.
 */
export const selectSummaries = `select r.id, r.pipeline, r.number, r.version, r.parameters, r."secretParameters", r."startedBy", r.priority,
    r.status, r.reason, r.seq, r."queuedAt", r."startedAt", r."endedAt", o.pipeline || '/' || o.number as "retryOf",
    f.pipeline || '/' || f.number as "forkOf", r."forkFrom",
    coalesce(w.wait, case r.status when 'queued' then jsonb_build_object('kind', 'temporal', 'given', r.submitted) end) as wait
  from runs r left join runs o on o.id = r."retryOfId" left join runs f on f.id = r."forkOfId"
  left join lateral (
    select j.state->'wait' as wait from job_runs j
    where r."endedAt" is null and j."runId" = r.id and j.state->'wait'->>'kind' is not null
      and (j.state->'wait'->>'kind' in ${holding}
        or not exists (select from action_runs a where a."runId" = r.id and a.status = 'running'))
    order by j.state->'wait'->>'kind' in ${holding} desc, j.position limit 1
  ) w on true`;

/** $1 run. In one statement, so that the run and its Jobs are of one moment. */
export const selectDetail = `select s.*,
    (select coalesce(json_agg(json_build_object('path', j.path, 'state', j.state) order by j.position, j.path), '[]')
      from job_runs j where j."runId" = s.id) as jobs,
    (select coalesce(json_agg(json_build_object('jobPath', a."jobPath", 'state', a.state) order by a."jobPath", a.position), '[]')
      from action_runs a where a."runId" = s.id) as actions,
    (select json_build_object('name', t.trigger->>'name', 'delivery', t.trigger->>'delivery')
      from runs t where t.id = s.id and t.trigger ? 'delivery') as trigger
  from (${selectSummaries} where r.id = $1) s`;
