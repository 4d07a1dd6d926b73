/** Numbers beyond 32 bits come as float8: exact up to 2^53, and no text to parse. */

const chunkColumns = `"logId", seq, "end", opens, tail, lines, "firstLine", "at", joins, frames`;

/** $1 key, $2 seq, $3 end, $4 opens, $5 tail, $6 lines, $7 frames, $8 channel, $9 event; then the new row's own. */
export const firstChunk = `
with made as (
  insert into logs (id, key, "runId", "jobPath", action, seq, "rawOffset", lines, bytes, tail)
  values ($10::uuid, $1::text, $11::uuid, $12::text, $13::text, $2::int + 1, $3::bigint, $6::int, length($7::bytea), $5::smallint)
  on conflict (key) do nothing returning id
), chunk as (
  insert into log_chunks (${chunkColumns})
  select id, $2::int, $3::bigint, $4::smallint, $5::smallint, $6::int, 1, 0, false, $7::bytea from made
)
select pg_notify($8::text, $9::text) from made`;

/**
 * A chunk in its turn, in one statement. The lock is on the newest row, so `ahead` is never missed: where a later chunk
 * waits, this stores nothing and the chunk goes the long way.
 */
export const nextChunk = `
with log as (
  select id, lines, bytes, ($4::smallint <> -1 and tail = $4::smallint) as joins from logs
  where key = $1::text and seq = $2::int and not ahead and "closedAt" is null for update
), chunk as (
  insert into log_chunks (${chunkColumns})
  select id, $2::int, $3::bigint, $4::smallint, $5::smallint, $6::int - joins::int, lines + 1, bytes, joins, $7::bytea from log
  on conflict do nothing returning 1
), grown as (
  update logs set seq = $2::int + 1, "rawOffset" = $3::bigint, lines = log.lines + $6::int - log.joins::int,
    bytes = log.bytes + length($7::bytea), tail = case when $4::smallint = -1 then logs.tail else $5::smallint end
  from log where logs.id = log.id and exists (select from chunk) returning logs.id
)
select pg_notify($8::text, $9::text) from grown`;

export const insertLog = `
insert into logs (id, key, "runId", "jobPath", action) values ($1, $2, $3, $4, $5) on conflict (key) do nothing`;

/** $8 how far ahead a chunk may be. */
export const strayChunk = `
with log as (select id, seq, "closedAt" is not null as closed from logs where key = $1::text),
chunk as (
  insert into log_chunks ("logId", seq, "end", opens, tail, lines, frames)
  select id, $2::int, $3::bigint, $4::smallint, $5::smallint, $6::int, $7::bytea from log
  where not closed and $2::int >= seq and $2::int < seq + $8::int
  on conflict do nothing returning 1
)
select seq, closed, exists (select from chunk) as inserted from log`;

export const chunkEnd = `
select c."end"::float8 as "end" from log_chunks c join logs l on l.id = c."logId" where l.key = $1 and c.seq = $2`;

export const lockLog = `
select id, seq, "rawOffset"::float8 as "rawOffset", lines::float8 as lines, bytes::float8 as bytes, tail, ahead,
  "closedAt" is not null as closed
from logs where key = $1 for update`;

export const waitingChunks = `
select seq, "end"::float8 as "end", opens, tail, lines, length(frames) as bytes from log_chunks
where "logId" = $1 and seq >= $2 order by seq`;

export const placeChunk = `
update log_chunks set "firstLine" = $3, lines = $4, joins = $5, "at" = $6 where "logId" = $1 and seq = $2`;

export const updateLog = `
update logs set seq = $2, "rawOffset" = $3, lines = $4, bytes = $5, tail = $6, ahead = $7 where id = $1`;

export const dropAhead = `
with dropped as (delete from log_chunks where "logId" = $1 and seq >= $2)
update logs set ahead = false where id = $1 and ahead`;
