import type { Pool } from 'pg';
import type { Wait } from '../../core/run-state.ts';
import { isUuid } from '../../prisma/uuid7.ts';

/** Roles that may decide now, of each approval that is waited for: an escalation adds some, which the run is not told. */
export async function readAskedRoles(
  pool: Pool,
  waits: readonly (Wait | null)[],
): Promise<ReadonlyMap<string, string[]>> {
  // A state came by Temporal, whose word is no reason to fail a whole list.
  const ids = waits.flatMap((wait) => (wait?.kind === 'approval' && isUuid(wait.approvalId) ? [wait.approvalId] : []));
  if (ids.length === 0) return new Map();
  const { rows } = await pool.query<{ id: string; roles: string[] }>({
    name: 'asked-roles',
    text: 'select id, roles from approvals where id = any($1)',
    values: [ids],
  });
  return new Map(rows.map(({ id, roles }) => [id, roles]));
}
