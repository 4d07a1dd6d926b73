import { noTry } from '../../prisma/like.ts';
import { runnables } from '../../prisma/repositories/definitions.ts';

const broken = `('failed', 'errored', 'timed_out')`;
const half = 'percentile_disc(0.5) within group (order by took)';
const both = (of: string) => `percentile_disc(array[0.5, 0.95]) within group (order by ${of})`;
const ms = (of: string) => `round(extract(epoch from ${of}) * 1000)::float8`;

/** $1 the buckets' beginnings, $2 Pipeline or null. `at`: which bucket, from 1. */
const counted = `
  select pipeline, status, width_bucket("queuedAt", $1::timestamptz[]) as at,
    "startedAt" - "queuedAt" as queued, "endedAt" - "startedAt" as took
  from runs where "queuedAt" >= ($1::timestamptz[])[1] and ($2::text is null or pipeline = $2) and ${noTry}`;
const counts = `count(*)::int as runs, count(*) filter (where status = 'succeeded')::int as succeeded,
  count(*) filter (where status in ${broken})::int as broken`;

/** Rows of all, of each bucket (`at`) and of each Pipeline (`pipeline`). Milliseconds: half, and 19 of 20, took at most this. */
export const totals = `
  select pipeline, at, runs, succeeded, broken,
    array[${ms('queue[1]')}, ${ms('queue[2]')}] as queue, array[${ms('took[1]')}, ${ms('took[2]')}] as took
  from (
    select pipeline, at, ${counts}, ${both('queued')} as queue, ${both('took')} as took
    from (${counted}) r group by grouping sets ((), (at), (pipeline))
  ) g`;

/** The same for some Pipelines ($3), by bucket. */
export const overTime = `
  select pipeline, at, ${counts}, ${ms(half)} as took
  from (${counted} and pipeline = any($3)) r group by pipeline, at`;

/** $1 size of a bucket, $2 time zone, $3 how long one is, $4 how many: their beginnings, counted in the zone's own time. */
export const starts = `
  select at at time zone $2 as at
  from (select date_trunc($1, now() at time zone $2) as last) l
    cross join generate_series(l.last - $3::interval * ($4::int - 1), l.last, $3::interval) at order by at`;

export const open = `
  select count(*) filter (where status = 'queued')::int as queued,
    count(*) filter (where status = 'running')::int as running,
    count(*) filter (where status = 'waiting')::int as waiting
  from runs where status in ('queued', 'running', 'waiting') and ${noTry}`;

const ended = (of: string, where: string) => `
  select number, status, reason, "endedAt" from runs r
  where r.pipeline = ${of} and ${where} order by number desc limit 1`;

/** Newest first; a Pipeline that is not saved any more fails no longer. */
export const failing = `
  select d.name as pipeline, l.number, l.status, l.reason, l."endedAt", s.number as "succeededNumber", s."endedAt" as "succeededAt"
  from definitions d
    cross join lateral (${ended('d.name', `status not in ('queued', 'running', 'waiting')`)}) l
    left join lateral (${ended('d.name', `status = 'succeeded'`)}) s on true
  where d.kind in ${runnables} and l.status in ${broken}
    and ($1::timestamptz is null or (l."endedAt", d.name) < ($1, $2::text))
  order by l."endedAt" desc, d.name desc limit $3`;

export const countFailing = `
  select count(*)::int as failing
  from definitions d cross join lateral (${ended('d.name', `status not in ('queued', 'running', 'waiting')`)}) l
  where d.kind in ${runnables} and l.status in ${broken}`;
