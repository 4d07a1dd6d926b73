import type { Pool, PoolClient } from 'pg';
import { TriggerSpec } from '../../core/language/schema-trigger.ts';
import { savedSpec } from '../../prisma/repositories/definitions.ts';

/** A Trigger as its newest version has it; undefined where there is none of that name. */
export async function savedTrigger(at: Pool | PoolClient, name: string): Promise<TriggerSpec | undefined> {
  const saved = await savedSpec(at, 'Trigger', name);
  return saved === undefined ? undefined : TriggerSpec.parse(saved.spec);
}
