import { beside } from './beside.ts';
import { deliveries } from './deliveries.ts';
import { idAt, iso, type Statement } from './sql.ts';

/** What fills the tables once the Pipelines are saved, in this order. */
export function statements(many: { runs: number; deliveries: number }): Statement[] {
  return [
    { text: versions },
    { text: pipelines },
    { text: drawn, values: [many.runs] },
    { text: tries },
    { text: insertedRuns },
    { text: counters },
    { text: jobsDrawn },
    { text: insertedJobs },
    { text: insertedActions },
    { text: approvals },
    { text: decisions },
    { text: files },
    { text: workers },
    ...deliveries(many.deliveries),
    ...beside,
  ];
}

/** Every third definition was changed a few times. */
const versions = `
  with changed as (
    update definitions set version = 2 + abs(hashtext(name)) % 12 where abs(hashtext(name)) % 3 = 0 returning id, version
  )
  insert into definition_versions ("definitionId", version, source, spec, "planId", author, note, "createdAt")
  select v."definitionId", n, v.source, v.spec, v."planId", v.author, 'Change ' || n, now() - (c.version - n) * interval '2 days'
  from changed c join definition_versions v on v."definitionId" = c.id and v.version = 1
    cross join lateral generate_series(2, c.version) n`;

/** Each Pipeline with what its runs usually take, in seconds, and how often they break. */
const pipelines = `
  create temporary table p on commit drop as
  select row_number() over (order by d.name) - 1 as at, d.name, d.version, v."planId", l.body,
    5 * power(10, random() * 2) as seconds, 0.02 + 0.25 * power(random(), 3) as breaks,
    l.body->'jobs' @> '[{"name": "approve"}]' as asks
  from definitions d join definition_versions v on v."definitionId" = d.id and v.version = d.version
    join plans l on l.id = v."planId"
  where d.kind = 'Pipeline'`;

/** $1 runs; the newest ones of a Pipeline may be open. */
const drawn = `
  create temporary table r on commit drop as
  with placed as (
    select (power(random(), 3) * (select count(*) from p))::int as at,
      now() - power(random(), 1.5) * interval '30 days' - interval '20 seconds' as queued,
      random() as luck, random() as length, random() as held
    from generate_series(1, $1)
  ), ranked as (
    select p.*, x.queued, x.luck, x.length, x.held,
      row_number() over (partition by p.name order by x.queued) as number,
      row_number() over (partition by p.name order by x.queued desc) as age
    from placed x join p on p.at = least(x.at, (select max(p.at) from p))
  )
  select *, ${idAt('queued')} as id, case
      when age = 1 and asks and luck < 0.4 then 'waiting'
      when age <= 2 and luck < 0.12 then 'running'
      when age = 1 and luck < 0.15 then 'queued'
      when luck > 1 - breaks * 0.7 then 'failed'
      when luck > 1 - breaks * 0.85 then 'errored'
      when luck > 1 - breaks * 0.95 then 'timed_out'
      when luck > 1 - breaks then 'stopped'
      else 'succeeded' end as status,
    queued + interval '1 second' * (0.3 + 20 * power(held, 6)) as started,
    queued + interval '1 second' * (0.3 + 20 * power(held, 6) + seconds * (0.6 + length)) as ended
  from ranked`;

/** One in 33 was tried before it was saved. */
const tries = `
  insert into r
  select at, 'try:' || name, version, "planId", body, seconds, breaks, asks, queued - interval '2 minutes', luck, length, held,
    row_number() over (partition by name order by queued), age, ${idAt("queued - interval '2 minutes'")}, status,
    started - interval '2 minutes', ended - interval '2 minutes'
  from r where number % 33 = 0 and status not in ('queued', 'running', 'waiting')`;

const insertedRuns = `
  insert into runs (id, pipeline, number, version, "planId", parameters, "startedBy", priority, status, reason, seq,
    submitted, "queuedAt", "startedAt", "endedAt")
  select id, name, number, version, "planId",
    json_build_object('environment', (array['test', 'staging', 'production'])[1 + number % 3],
      'ref', 'feature/' || substr(md5(id::text), 1, 8), 'dry', number % 7 = 0),
    (array['local/admin', 'github/mona', 'oidc/kim.lee@example.org', 'token/ci', 'trigger/on-push'])[1 + number % 5],
    1 + number % 5, status, case status
      when 'failed' then 'exit status 2 in "run"'
      when 'errored' then 'The Worker was lost'
      when 'stopped' then 'Stopped by local/admin' end,
    10, true, queued, case when status <> 'queued' then started end,
    case when status not in ('queued', 'running', 'waiting') then least(ended, now()) end
  from r`;

const counters = `insert into run_counters (pipeline, next) select name, max(number) + 1 from r group by name`;

/** Each Job took an equal share of its run. One broke the run or is what it is at; those behind did not begin. */
const jobsDrawn = `
  create temporary table j on commit drop as
  with parts as (
    select r.id, r.status as run, r.started, r.ended - r.started as took, r.number, j.job, j.at - 1 as at,
      jsonb_array_length(r.body->'jobs') as count,
      case when r.status = 'waiting' then 1 else abs(hashtext(r.id::text)) % jsonb_array_length(r.body->'jobs') end as here
    from r cross join lateral jsonb_array_elements(r.body->'jobs') with ordinality j(job, at)
  )
  select *, job->>'name' as name, started + took * at / count as begun, started + took * (at + 1) / count as done, case
      when run = 'queued' then 'queued'
      when run = 'succeeded' or at < here then 'succeeded'
      when at = here then run
      when run in ('running', 'waiting') then 'queued'
      else 'blocked' end as status
  from parts`;

const insertedJobs = `
  insert into job_runs ("runId", path, position, status, seq, state)
  select id, name, at * 2000, status, 10, jsonb_build_object(
    'path', name, 'name', name, 'parent', null, 'requires', job->'requires', 'status', status,
    'reason', case status when 'failed' then 'exit status 2 in "run"' when 'blocked' then 'A Job before it failed' end,
    'wait', case when status = 'waiting'
      then jsonb_build_object('kind', 'approval', 'approvalId', id, 'roles', jsonb_build_array('administrator')) end,
    'attempt', 1, 'inherited', false, 'worker', 'worker-' || number % 12, 'output', '{}'::jsonb,
    'startedAt', case when status not in ('queued', 'blocked') then ${iso('begun')} end,
    'endedAt', case when status not in ('queued', 'blocked', 'running', 'waiting') then ${iso('done')} end)
  from j`;

const insertedActions = `
  insert into action_runs ("runId", "jobPath", name, position, "jobAttempt", attempt, status, state)
  select j.id, j.name, a.action->>'name', a.at - 1, 1, 1, j.status, jsonb_build_object(
    'name', a.action->>'name', 'type', a.action->>'type', 'status', j.status,
    'exitStatus', case j.status when 'succeeded' then 0 when 'failed' then 2 end, 'output', null,
    'reason', case when j.status = 'failed' then 'exit status 2' end, 'attempt', 1,
    'startedAt', case when j.status not in ('queued', 'blocked') then ${iso('j.begun')} end,
    'endedAt', case when j.status not in ('queued', 'blocked', 'running', 'waiting') then ${iso('j.done')} end)
  from j cross join lateral jsonb_array_elements(j.job->'body'->'actions') with ordinality a(action, at)`;

const approvals = `
  insert into approvals (id, "runId", "jobPath", "jobAttempt", action, prompt, roles, quorum, state, "askedAt")
  select ${idAt('begun')}, id, name, 1, 'hold', 'Deploy this build to production?', array['administrator'], 1,
    case status when 'waiting' then 'pending' when 'succeeded' then 'approved' else 'rejected' end, begun
  from j where name = 'approve' and status not in ('queued', 'blocked')`;

const decisions = `
  insert into decisions (id, "approvalId", by, verdict, delivered, at)
  select ${idAt('"askedAt"')}, id, 'github/mona', case state when 'approved' then 'approve' else 'reject' end, true, "askedAt"
  from approvals where state <> 'pending'`;

const files = `
  insert into stored_files ("runId", key, "jobPath", size, sha256, blob, "storedAt")
  select id, f.key, name, (random() * 1e7)::bigint, repeat('0', 64), 'file-' || id || f.key, done
  from j cross join lateral unnest(array['reports/junit.xml', 'plan-' || number, 'dist/bundle.tar.gz']) f(key)
  where name in ('deploy', 'only') and status = 'succeeded'`;

const workers = `
  insert into workers (id, owner, hello, running)
  select 'worker-' || n, 'local', json_build_object('id', 'worker-' || n, 'host', 'build-' || n || '.example.org',
    'os', 'linux', 'arch', 'amd64', 'engines', json_build_array(json_build_object('type', 'local', 'found', 'bash 5.2')),
    'labels', json_build_object('zone', 'z' || n % 3), 'capacity', 20), n
  from generate_series(0, 11) n`;
