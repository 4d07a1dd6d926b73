import type { Pool } from 'pg';
import type { Schedule } from '../../core/language/schema-schedule.ts';
import type { TriggerSpec } from '../../core/language/schema-trigger.ts';
import { newestVersions } from '../../prisma/repositories/definitions.ts';

/** A Trigger that starts by the clock, as it is saved. */
export interface WantedSchedule {
  trigger: string;
  definitionId: string;
  version: number;
  /** Of its definition and version: what a Schedule in Temporal says that it was made from. */
  madeFrom: string;
  schedule: Schedule;
  spec: TriggerSpec;
  /** Why Temporal did not take this version when it was last told of it. */
  refusal: string | null;
}

interface Row {
  name: string;
  definitionId: string;
  version: number;
  spec: TriggerSpec & { schedule: Schedule };
  refusal: string | null;
}

const select = `select d.name, v."definitionId", v.version, v.spec, r.reason as refusal from ${newestVersions}
  left join schedule_refusals r on r."definitionId" = d.id and r.version = d.version`;
const scheduled = `d.kind = 'Trigger' and v.spec ? 'schedule'`;

/** By name, those after `after` that hold `q`; all where no limit is given. */
export async function wantedSchedules(
  pool: Pool,
  { q = '', after = '', limit }: { q?: string | undefined; after?: string | undefined; limit?: number } = {},
): Promise<WantedSchedule[]> {
  const { rows } = await pool.query<Row>(
    `${select}
     where ${scheduled} and strpos(lower(d.name), lower($1)) > 0 and d.name > $2 order by d.name limit $3`,
    [q, after, limit ?? null],
  );
  return rows.map(wantedOf);
}

export async function wantedSchedule(pool: Pool, trigger: string): Promise<WantedSchedule | undefined> {
  const { rows } = await pool.query<Row>(`${select} where ${scheduled} and d.name = $1`, [trigger]);
  return rows[0] === undefined ? undefined : wantedOf(rows[0]);
}

/** Of these Triggers those that have a schedule or may have had one; what is gone may. */
export async function everScheduled(pool: Pool, triggers: readonly string[]): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(
    `select t.name from unnest($1::text[]) t(name) left join definitions d on d.kind = 'Trigger' and d.name = t.name
     where d.id is null
       or exists (select from definition_versions v where v."definitionId" = d.id and v.spec ? 'schedule')`,
    [triggers],
  );
  return rows.map(({ name }) => name);
}

/** What a Schedule in Temporal was made from, where that is still known. */
export async function writtenSchedule(pool: Pool, madeFrom: string): Promise<Schedule | undefined> {
  const [, id, version] = /^([\da-f-]{36})@(\d{1,9})$/.exec(madeFrom) ?? [];
  if (id === undefined) return undefined;
  const { rows } = await pool.query<{ schedule: Schedule | null }>(
    `select spec->'schedule' as schedule from definition_versions where "definitionId" = $1 and version = $2`,
    [id, version],
  );
  return rows[0]?.schedule ?? undefined;
}

function wantedOf({ name, spec, ...row }: Row): WantedSchedule {
  return { ...row, trigger: name, madeFrom: `${row.definitionId}@${row.version}`, schedule: spec.schedule, spec };
}
