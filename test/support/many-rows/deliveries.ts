import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { idAt, type Statement } from './sql.ts';

/** What Triggers were sent and what the clock was due for: what started the runs that are there, and as much more as is asked for. */
export function deliveries(count: number): Statement[] {
  return [
    { text: triggers },
    { text: starting },
    { text: others, values: [count] },
    { text: inserted },
    { text: insertedStarts },
    { text: insertedFaults },
    { text: startedRuns },
    { text: counted },
  ];
}

/** Each Trigger with the Pipeline that it starts, and its place among those that come by the clock, or among the others. */
const triggers = `
  create temporary table t on commit drop as
  select *, row_number() over (partition by source = 'schedule' order by hashtext(name)) - 1 as at,
    count(*) over (partition by source = 'schedule') as count
  from (
    select d.name, v.spec->'runs'->0->>'pipeline' as pipeline,
      (select s from unnest(array['schedule', 'github', 'gitlab', 'after', 'rest']) s where v.spec ? s) as source
    from definitions d join definition_versions v on v."definitionId" = d.id and v.version = d.version
    where d.kind = 'Trigger'
  ) named`;

/** Of the runs of a Pipeline that has them, a third was started by its schedule and a third by its other Trigger. */
const starting = `
  create temporary table d on commit drop as
  select ${idAt("r.queued - interval '50 milliseconds'")} as id, r.id as run, t.name, t.source, t.pipeline,
    r.queued - interval '50 milliseconds' as received, 'recorded' as state, 'Started ' || r.name || '/' || r.number || '.' as reason
  from r join t on t.pipeline = r.name and r.number % 3 = case t.source when 'schedule' then 0 else 1 end`;

/**
 * The rest up to $1: few Triggers were sent most of it. Most of that was of branches that start nothing; the newest are yet
 * to be decided. The clock comes every five minutes, and starts nothing.
 */
const others = `
  insert into d
  with drawn as (
    select n, n % 2 = 0 as ticks, power(random(), 4) as place, random() as luck from generate_series(1, $1 - (select count(*) from d)) n
  ), placed as (
    select t.*, x.luck, row_number() over (partition by t.name order by x.n) as age
    from drawn x join t on (t.source = 'schedule') = x.ticks and t.at = floor(x.place * t.count)
  ), dated as (
    select *, case source when 'schedule' then date_trunc('minute', now()) - age * interval '5 minutes'
      else now() - power(luck, 1.5) * interval '30 days' - interval '1 second' end as received
    from placed
  ), decided as (
    select *, case
      when row_number() over (order by source = 'schedule', received desc) <= 20 then 'pending'
      when source = 'schedule' then 'recorded'
      when hashtext(name || age) % 4 = 0 then 'recorded' else 'dropped' end as state
    from dated
  )
  select ${idAt('received')}, null, name, source, pipeline, received, state, case state
      when 'recorded' then case source when 'schedule' then 'Could not start ' || pipeline || ': it takes no such parameter'
        else 'Woke a Job that waited for it.' end
      when 'dropped' then 'The branch is feature/other, and the Trigger takes main, release/*.' end
  from decided`;

/** A payload is some KB that compress badly, but for the clock's, which says nothing. */
const inserted = `
  insert into deliveries (id, trigger, source, key, event, facts, headers, payload, "sentBy", state, reason, "receivedAt", "decidedAt")
  select id, name, source,
    case source when 'schedule' then scheduled else md5(id::text)::uuid::text end,
    case source when 'schedule' then 'schedule' when 'rest' then 'rest' when 'after' then 'ended' else 'push' end,
    case source when 'schedule' then jsonb_build_object('scheduled_at', scheduled) else jsonb_build_object(
      'action', 'pushed', 'ref', 'refs/heads/feature/' || substr(md5(id::text), 1, 8), 'branch', 'feature/' || substr(md5(id::text), 1, 8),
      'tag', null, 'sha', md5(id::text) || substr(md5(name), 1, 8), 'source_branch', null, 'repository', 'shop/' || pipeline,
      'sender', 'mona', 'number', null, 'title', 'Mend what ' || substr(md5(id::text), 9, 6) || ' broke', 'url', null, 'fork', null) end,
    case source when 'schedule' then '{}'::jsonb else jsonb_build_object('x-github-delivery', md5(id::text)::uuid, 'x-github-event', 'push') end,
    case source when 'schedule' then '{}' else (
      select '{"commits":["' || string_agg(md5(id::text || n), '","') || '"]}' from generate_series(1, 40) n) end,
    case source when 'schedule' then 'schedule/' || name else source end,
    state, reason, received, case when state <> 'pending' then received + interval '40 milliseconds' end
  from d cross join lateral (select to_char(received at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as scheduled) s
  on conflict do nothing`;

const insertedStarts = `
  insert into delivery_runs ("deliveryId", position, pipeline, "runId")
  select d.id, 0, d.pipeline, d.run from d join deliveries using (id) where d.run is not null`;

const insertedFaults = `
  insert into delivery_runs ("deliveryId", position, pipeline, reason)
  select d.id, 0, d.pipeline, 'it takes no such parameter' from d join deliveries using (id)
  where d.run is null and d.source = 'schedule' and d.state = 'recorded'`;

/** Such a run has all that its delivery says, the payload too. */
const startedRuns = `
  update runs r set "startedBy" = 'trigger/' || d.trigger, trigger = d.facts || jsonb_build_object(
    'name', d.trigger, 'source', d.source, 'delivery', d.id, 'event', d.event, 'payload', d.payload::jsonb)
  from delivery_runs o join deliveries d on d.id = o."deliveryId" where o."runId" = r.id`;

/** As the migration counts what is there. */
const [, counted = ''] = readFileSync(
  join(import.meta.dirname, '../../../prisma/migrations/0012_schedule_starts/migration.sql'),
  'utf8',
).split(/(?=INSERT INTO)/);
