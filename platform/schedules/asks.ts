import type { Pool } from 'pg';
import { uuid7 } from '../../prisma/uuid7.ts';

/** Longer than Temporal holds a back-fill's starts up behind one another, as far as anybody waits. */
const keptDays = 90;

/** Before Temporal is told, which knows no people: what starts for a time within is theirs. */
export async function noteAsk(pool: Pool, ask: { trigger: string; by: string; from: Date; to: Date }): Promise<void> {
  await pool.query(
    `with old as (delete from schedule_asks where "askedAt" < now() - interval '${keptDays} days')
     insert into schedule_asks (id, trigger, by, "from", "to") values ($1, $2, $3, $4, $5)`,
    [uuid7(), ask.trigger, ask.by, ask.from, ask.to],
  );
}

/** Who had a schedule start for a time; undefined where its clock did. */
export async function whoAsked(pool: Pool, trigger: string, at: string): Promise<string | undefined> {
  const { rows } = await pool.query<{ by: string }>(
    `select by from schedule_asks where trigger = $1 and $2::timestamptz between "from" and "to"
     order by "askedAt" desc limit 1`,
    [trigger, at],
  );
  return rows[0]?.by;
}
