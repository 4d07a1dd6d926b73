import type { Pool, PoolClient } from 'pg';
import type { JsonObject } from '../../core/json.ts';
import { runnableKinds } from '../../core/runnable.ts';
import { uuid7 } from '../uuid7.ts';

/** A definition with its newest version. */
export interface DefinitionRow {
  id: string;
  kind: string;
  name: string;
  version: number;
  source: string;
  spec: JsonObject;
  planId: string | null;
  author: string;
  savedAt: Date;
}

/** Two who save at the same time would each check against what the other is about to change. */
const savingLock = 7_263_518_205;

/** Until the end of the transaction nobody else saves. */
export async function lockDefinitions(client: PoolClient): Promise<void> {
  await client.query('select pg_advisory_xact_lock($1)', [savingLock]);
}

/** The kinds of what can be run, after `in`. */
export const runnables = `('${runnableKinds.join("', '")}')`;
/** What every definition `d` is now, `v`. */
export const newestVersions = `definitions d join definition_versions v on v."definitionId" = d.id and v.version = d.version`;

export async function allDefinitions(client: PoolClient): Promise<DefinitionRow[]> {
  const { rows } = await client.query<DefinitionRow>(
    `select d.id, d.kind, d.name, d.version, v.source, v.spec, v."planId", v.author, v."createdAt" as "savedAt"
     from ${newestVersions}
     order by d.kind, d.name`,
  );
  return rows;
}

/** What the newest version of a definition says; undefined where there is none of that name. */
export async function savedSpec(
  at: Pool | PoolClient,
  kind: string,
  name: string,
): Promise<{ id: string; spec: unknown } | undefined> {
  const { rows } = await at.query<{ id: string; spec: unknown }>({
    name: 'saved-spec',
    text: `select d.id, v.spec from ${newestVersions} where d.kind = $1 and d.name = $2`,
    values: [kind, name],
  });
  return rows[0];
}

export async function insertPlans(client: PoolClient, plans: readonly { id: string; body: string }[]): Promise<void> {
  await client.query(
    `insert into plans (id, body) select * from unnest($1::text[], $2::jsonb[]) on conflict do nothing`,
    [plans.map(({ id }) => id), plans.map(({ body }) => body)],
  );
}

/** A new version, of a definition that may be new itself; answers with its number. */
export async function insertVersion(
  client: PoolClient,
  definition: { kind: string; name: string },
  version: { source: string; spec: JsonObject; planId: string | null; author: string; note: string },
): Promise<number> {
  const { rows } = await client.query<{ id: string; version: number }>(
    `insert into definitions (id, kind, name, version)
     values ($1, $2, $3, 1 + coalesce((select version from removed_definitions where kind = $2 and name = $3), 0))
     on conflict (kind, name) do update set version = definitions.version + 1, "updatedAt" = now()
     returning id, version`,
    [uuid7(), definition.kind, definition.name],
  );
  const saved = rows[0] as { id: string; version: number };
  await client.query(
    `insert into definition_versions ("definitionId", version, source, spec, "planId", author, note)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      saved.id,
      saved.version,
      version.source,
      JSON.stringify(version.spec),
      version.planId,
      version.author,
      version.note,
    ],
  );
  return saved.version;
}

/** The newest version of a definition executes another plan from now on: something that it uses was changed. */
export async function renewPlans(
  client: PoolClient,
  renewed: readonly { definitionId: string; planId: string }[],
): Promise<void> {
  await client.query(
    `update definition_versions v set "planId" = n.plan
     from unnest($1::uuid[], $2::text[]) n(id, plan) join definitions d on d.id = n.id
     where v."definitionId" = n.id and v.version = d.version`,
    [renewed.map(({ definitionId }) => definitionId), renewed.map(({ planId }) => planId)],
  );
}

/** Of a definition that leaves its name: what is made under it later is another version. */
const rememberVersion = `with remembered as (
    insert into removed_definitions (kind, name, version) select kind, name, version from definitions where id = $1
    on conflict (kind, name) do update set version = greatest(removed_definitions.version, excluded.version)
  )`;

/** The name alone: what its text says is the next version's. */
export async function renameDefinition(client: PoolClient, id: string, to: string): Promise<void> {
  await client.query(
    `${rememberVersion}
     update definitions set name = $2, "updatedAt" = now(),
       "formerNames" = array_append(array_remove(array_remove("formerNames", name), $2), name) where id = $1`,
    [id, to],
  );
}

/**
 * SQL that gives the name that a Pipeline, Job or Action has now, of one that it has or had; null where there is none. What is
 * called so now goes before what was.
 */
export function presentName(name: string): string {
  const runnable = `select n.name from definitions n where n.kind in ${runnables}`;
  return `coalesce((${runnable} and n.name = ${name}),
    (${runnable} and ${name} = any(n."formerNames") order by n."updatedAt" desc limit 1))`;
}

export async function removeDefinition(client: PoolClient, id: string): Promise<void> {
  await client.query(`${rememberVersion} delete from definitions where id = $1`, [id]);
}

/** So that Workers learn what they are wanted for. */
export async function insertQueues(
  client: PoolClient,
  queues: readonly { queue: string; engine: string; requires: Record<string, string> }[],
): Promise<void> {
  await client.query(
    `insert into requirement_queues (queue, engine, requires)
     select * from unnest($1::text[], $2::text[], $3::jsonb[]) on conflict do nothing`,
    [
      queues.map(({ queue }) => queue),
      queues.map(({ engine }) => engine),
      queues.map(({ requires }) => JSON.stringify(requires)),
    ],
  );
}
