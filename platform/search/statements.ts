import { noTry } from '../../prisma/like.ts';
import { newestVersions } from '../../prisma/repositories/definitions.ts';

/** Of the newest runs only so many are looked through: what is older is found by its number. */
const newestRuns = 2_000;
export const mostOfAKind = 6;
/** Names among which a run's number is looked up. */
const mostNames = 1_000;

/** Whole name first, then where it begins with what was typed, then where it has it soonest. $1 typed. */
const rank = (name: string) =>
  `case when lower(${name}) = $1 then 0 when starts_with(lower(${name}), $1) then 1 else 1 + coalesce(nullif(strpos(lower(${name}), $1), 0), 200) end`;
/** Tries are found on the page that made them only. */
const newest = `select * from runs where ${noTry} order by "queuedAt" desc, id desc limit ${newestRuns}`;

const shownKind = `case when d.kind = 'Trigger' and v.spec ? 'schedule' then 'schedule' else d.kind end`;

/** $1 typed, $2 a pattern for each word, $3 kinds. */
export const definitions = `
  select kind, name as id, name as title, coalesce(description, '') as text, null as status from (
    select ${shownKind} as kind, d.name, v.spec->>'description' as description,
      row_number() over (partition by ${shownKind} order by ${rank('d.name')}, d.name) as place
    from ${newestVersions}
    where ${shownKind} = any($3) and (d.name ilike all($2) or d.kind = 'Pipeline' and v.spec->>'description' ilike all($2))
  ) ranked where place <= ${mostOfAKind} order by kind, place`;

/** $1 typed name, $2 a pattern for each word of it, $3 numbers, the first one typed out. */
export const runsByNumber = `
  select 'run' as kind, r.pipeline || '/' || r.number as id, r.pipeline || ' #' || r.number as title, '' as text, r.status
  from (
    select c.pipeline from run_counters c where ${noTry} and c.pipeline ilike all($2) and c.next > ($3::int[])[1]
    order by ${rank('c.pipeline')}, c.pipeline limit ${mostNames}
  ) p cross join lateral (
    select * from runs where pipeline = p.pipeline and number = any($3)
  ) r
  order by r.number <> ($3::int[])[1], ${rank('r.pipeline')}, r."queuedAt" desc, r.number limit ${mostOfAKind}`;

/** $1 a pattern for each word, which one parameter's value must be like. What is secret is not looked at. */
export const runsByParameter = `
  select 'run' as kind, r.pipeline || '/' || r.number as id, r.pipeline || ' #' || r.number as title,
    e.key || ': ' || left(e.value, 100) as text, r.status
  from (${newest}) r cross join lateral (
    select key, value from jsonb_each_text(r.parameters) e
    where e.key <> all(r."secretParameters") and e.value ilike all($1) order by e.key limit 1
  ) e
  order by r."queuedAt" desc, r.id desc limit ${mostOfAKind}`;

/**
 * $1 a pattern for each word, which the Trigger's name or what it was sent must be like, $2 what a commit begins with. Read
 * from the deliveries, as what a run has of its own holds the payload, too, which may be large.
 */
export const runsByCause = `
  select 'run' as kind, r.pipeline || '/' || r.number as id, r.pipeline || ' #' || r.number as title,
    c.key || ': ' || left(c.value, 100) as text, r.status
  from (${newest}) r join delivery_runs o on o."runId" = r.id join deliveries d on d.id = o."deliveryId"
  cross join lateral (
    select key, value from (values (1, 'commit', d.facts->>'sha'), (2, 'branch', d.facts->>'branch'),
      (3, 'branch', d.facts->>'source_branch'), (4, 'tag', d.facts->>'tag'), (5, 'title', d.facts->>'title'),
      (6, 'Trigger', d.trigger)) f(place, key, value)
    where case key when 'commit' then starts_with(lower(value), $2) else value ilike all($1) end order by place limit 1
  ) c
  order by r."queuedAt" desc, r.id desc limit ${mostOfAKind}`;

/** $1 and $2 between what ids, $3 what the sender calls it, which is looked up for each Trigger. */
export const deliveries = `
  select 'delivery' as kind, id::text as id, trigger || ': ' || event as title, coalesce(left(reason, 200), '') as text,
    null as status
  from (
    (select id, trigger, event, reason from deliveries where id between $1 and $2 order by id desc limit ${mostOfAKind})
    union (
      select d.id, d.trigger, d.event, d.reason from definitions t join deliveries d on d.trigger = t.name and d.key = $3
      where t.kind = 'Trigger' order by d.id desc limit ${mostOfAKind}
    )
  ) found order by found.id desc limit ${mostOfAKind}`;

/** $1 a pattern for each word, of the prompt or the Pipeline. Those that are pending only. */
export const approvals = `
  select 'approval' as kind, r.pipeline || '/' || r.number as id, left(a.prompt, 200) as title,
    r.pipeline || ' #' || r.number as text, null as status
  from approvals a join runs r on r.id = a."runId"
  where a.state = 'pending' and (a.prompt ilike all($1) or r.pipeline ilike all($1))
  order by a.id desc limit ${mostOfAKind}`;

/** $1 a pattern for each word, of the id or the host. */
export const workers = `
  select 'worker' as kind, id, id as title, hello->>'host' as text, null as status
  from workers where id ilike all($1) or hello->>'host' ilike all($1)
  order by stopping, "seenAt" desc limit ${mostOfAKind}`;

/** $1 a pattern for each word, of the key. */
export const files = `
  select 'file' as kind, r.pipeline || '/' || r.number as id, f.key as title, r.pipeline || ' #' || r.number as text,
    null as status
  from (${newest}) r join stored_files f on f."runId" = r.id
  where f.key ilike all($1)
  order by r."queuedAt" desc, r.id desc, f.key limit ${mostOfAKind}`;
