import type { Pool } from 'pg';
import { uuid7 } from '../../prisma/uuid7.ts';

interface Row {
  pipeline: string;
  number: number;
  status: string;
  parameters?: Record<string, unknown>;
  secretParameters?: string[];
  startedBy?: string;
  queuedAt?: Date;
  startedAt?: Date | null;
  endedAt?: Date | null;
}

/** A run that never was: a row, for what only reads rows. It is of whatever plan there is. */
export async function insertRun(pool: Pool, row: Row): Promise<string> {
  const id = uuid7();
  await pool.query(
    `insert into runs (id, pipeline, number, version, "planId", parameters, "secretParameters", "startedBy", status, "queuedAt", "startedAt", "endedAt", submitted)
     select $1, $2, $3, 1, (select id from plans limit 1), $4, $5, $6, $7, $8, $9, $10, true`,
    [
      id,
      row.pipeline,
      row.number,
      JSON.stringify(row.parameters ?? {}),
      row.secretParameters ?? [],
      row.startedBy ?? 'local/admin',
      row.status,
      row.queuedAt ?? new Date(),
      row.startedAt ?? null,
      row.endedAt ?? null,
    ],
  );
  await pool.query(
    'insert into run_counters (pipeline, next) values ($1, $2) on conflict (pipeline) do update set next = greatest(run_counters.next, $2)',
    [row.pipeline, row.number + 1],
  );
  return id;
}
