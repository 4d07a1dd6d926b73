/** How far a status is: none goes back within one try. */
const rank = (column: string) =>
  `case when ${column} = 'queued' then 0 when ${column} in ('running', 'waiting') then 1 else 2 end`;

/**
 * $1 run, $2 Jobs, $3 number of the transition. A Job takes what is newer than what it has; only the Worker knows when
 * its first Action began, so the workflow's «queued» does not take that back.
 */
export const upsertJobs = `
  insert into job_runs ("runId", path, position, status, seq, state)
  select $1::uuid, i.path,
    coalesce(i.position, (select p.position + 1 + i.item from job_runs p where p."runId" = $1::uuid and p.path = i.root), 0),
    i.status, $3, i.state
  from jsonb_to_recordset($2::jsonb)
    as i(path text, position int, root text, item int, status text, attempt int, state jsonb)
  on conflict ("runId", path) do update set
    position = case when excluded.position > 0 then excluded.position else job_runs.position end,
    status = excluded.status, seq = excluded.seq, state = excluded.state
  where job_runs.seq <= excluded.seq and not (excluded.status = 'queued' and job_runs.status = 'running'
    and (job_runs.state->>'attempt')::int >= (excluded.state->>'attempt')::int)`;

/** $1 run, $2 Actions. Newer tries win; within a try the later status. */
export const upsertActions = `
  insert into action_runs as a ("runId", "jobPath", name, position, "jobAttempt", attempt, status, state)
  select $1::uuid, i."jobPath", i.name, i.position, i."jobAttempt", i.attempt, i.status, i.state
  from jsonb_to_recordset($2::jsonb) as i("jobPath" text, name text, position int, "jobAttempt" int, attempt int, status text, state jsonb)
  on conflict ("runId", "jobPath", name) do update set
    position = excluded.position, "jobAttempt" = excluded."jobAttempt", attempt = excluded.attempt,
    status = excluded.status, state = excluded.state
  where (excluded."jobAttempt", excluded.attempt, ${rank('excluded.status')}) >= (a."jobAttempt", a.attempt, ${rank('a.status')})`;

/** Whoever writes of a run holds its row first, so that no two wait for one another. */
export const holdRuns = `select id, pipeline from runs where id = any($1::uuid[]) order by id for no key update`;

/** $1 run, $2 number, $3 status, $4 reason, $5 start, $6 end. A run that has ended stays so; `ends`: it does by this. */
export const updateRun = `
  with held as (select id, pipeline from runs where id = $1::uuid for no key update), changed as (
    update runs set seq = greatest(seq, $2), status = $3, reason = $4,
      "startedAt" = coalesce("startedAt", $5), "endedAt" = $6
    from held where runs.id = held.id and seq <= $2 and "endedAt" is null returning "endedAt"
  )
  select pipeline, exists (select from changed where "endedAt" is not null) as ends from held`;

/**
 * $1 reports. Only for tries that are there and not yet past this; the Job whose first Action began is running from then on.
 */
export const applyReports = `
  with i as (
    select * from jsonb_to_recordset($1::jsonb) as r("runId" uuid, "jobPath" text, name text, "jobAttempt" int, attempt int, status text, state jsonb)
  ), told as (
    update action_runs a set attempt = i.attempt, status = i.status, state = a.state || i.state
    from i where a."runId" = i."runId" and a."jobPath" = i."jobPath" and a.name = i.name
      and a."jobAttempt" = i."jobAttempt"
      and (i.attempt, ${rank('i.status')}) >= (a.attempt, ${rank('a.status')}) and ${rank('a.status')} < 2
    returning a."runId", a."jobPath", a."jobAttempt"
  ), begun as (
    update job_runs j set status = 'running',
      state = j.state || '{"status": "running", "wait": null, "reason": null}'::jsonb
    from (select distinct * from told) t
    where j."runId" = t."runId" and j.path = t."jobPath" and j.status = 'queued'
      and (j.state->>'attempt')::int = t."jobAttempt"
    returning j."runId"
  )
  select distinct "runId" as run from told`;
