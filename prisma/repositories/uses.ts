import type { Pool, PoolClient } from 'pg';
import type { UsedVersion } from '../../core/api/definitions.ts';
import { runnables } from './definitions.ts';

export interface DefinitionName {
  kind: string;
  name: string;
}

/** What definitions name of others, in the place of what they named before. */
export async function saveUses(
  client: PoolClient,
  users: readonly (DefinitionName & { uses: readonly DefinitionName[] })[],
): Promise<void> {
  await client.query(
    `delete from definition_uses u using definitions d, unnest($1::text[], $2::text[]) n(kind, name)
     where d.id = u."userId" and d.kind = n.kind and d.name = n.name`,
    [users.map(({ kind }) => kind), users.map(({ name }) => name)],
  );
  const rows = users.flatMap(({ uses, ...user }) => uses.map((used) => ({ user, used })));
  await client.query(
    `insert into definition_uses ("userId", kind, name)
     select d.id, n."usedKind", n."usedName"
     from unnest($1::text[], $2::text[], $3::text[], $4::text[]) n(kind, name, "usedKind", "usedName")
     join definitions d on d.kind = n.kind and d.name = n.name`,
    [
      rows.map(({ user }) => user.kind),
      rows.map(({ user }) => user.name),
      rows.map(({ used }) => used.kind),
      rows.map(({ used }) => used.name),
    ],
  );
}

/**
 * Writes into the newest version of each Pipeline, Job and Action of these names which versions of others it executes from now
 * on, at any remove.
 */
export async function recordUses(client: PoolClient, names: readonly string[]): Promise<void> {
  await client.query(
    `with recursive root as (
       select id, version from definitions where kind in ${runnables} and name = any($1)
     ), reached as (
       select root.id as root, u.kind, u.name from root join definition_uses u on u."userId" = root.id
       union
       select r.root, u.kind, u.name from reached r
       join definitions d on d.kind = r.kind and d.name = r.name join definition_uses u on u."userId" = d.id
     ), found as (
       select r.root, jsonb_agg(jsonb_build_object('kind', d.kind, 'name', d.name, 'version', d.version) order by d.kind, d.name) as uses
       from reached r join definitions d on d.kind = r.kind and d.name = r.name group by r.root
     )
     update definition_versions v set uses = coalesce(found.uses, '[]')
     from root left join found on found.root = root.id
     where v."definitionId" = root.id and v.version = root.version and v.uses is distinct from coalesce(found.uses, '[]')`,
    [names],
  );
}

/** Of a run. */
export async function readUses(pool: Pool, runId: string): Promise<UsedVersion[]> {
  const { rows } = await pool.query<{ uses: UsedVersion[] }>('select uses from runs where id = $1', [runId]);
  return rows[0]?.uses ?? [];
}
