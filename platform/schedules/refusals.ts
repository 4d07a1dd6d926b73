import type { Pool } from 'pg';
import { PalvellaError } from '../../core/errors.ts';
import { refusalIn } from '../temporal/call.ts';
import type { WantedSchedule } from './wanted.ts';

type Of = Pick<WantedSchedule, 'definitionId' | 'version'>;

/** Keeps why Temporal did not take a schedule, until it takes it: whoever saved it does not read the log. */
export async function keepingRefusal(pool: Pool, of: Of, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const reason = refusalIn(error);
    if (reason === undefined) throw error;
    await keep(pool, of, reason);
    throw new PalvellaError('conflict', `Temporal does not take this schedule: ${reason}`, {
      remedy: 'Save its Trigger with times and a time zone that Temporal knows.',
      cause: error,
    });
  }
  await pool.query('delete from schedule_refusals where "definitionId" = $1', [of.definitionId]);
}

/** Of a definition that may be gone by now, or have a newer version, which whoever saved it tells Temporal. */
async function keep(pool: Pool, { definitionId, version }: Of, reason: string): Promise<void> {
  await pool.query(
    `insert into schedule_refusals ("definitionId", version, reason) select id, version, $3 from definitions
     where id = $1 and version = $2
     on conflict ("definitionId") do update set version = excluded.version, reason = excluded.reason`,
    [definitionId, version, reason],
  );
}
