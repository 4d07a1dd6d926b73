import type { Pool, PoolClient } from 'pg';
import { TriggerSpec } from '../../core/language/schema-trigger.ts';

/** A Trigger as its newest version has it; undefined where there is none of that name. */
export async function savedTrigger(at: Pool | PoolClient, name: string): Promise<TriggerSpec | undefined> {
  const { rows } = await at.query<{ spec: unknown }>({
    name: 'saved-trigger',
    text: `select v.spec from definitions d join definition_versions v on v."definitionId" = d.id and v.version = d.version
      where d.kind = 'Trigger' and d.name = $1`,
    values: [name],
  });
  return rows[0] === undefined ? undefined : TriggerSpec.parse(rows[0].spec);
}
