import type { Pool, PoolClient } from 'pg';
import type { Definition, DefinitionKind } from '../../core/api/objects.ts';
import { PalvellaError } from '../../core/errors.ts';
import type { JsonObject } from '../../core/json.ts';
import { sentence } from '../../core/language/document.ts';
import { nearestHint } from '../../core/nearest.ts';
import type { Param } from '../../core/plan.ts';
import type { Database } from '../../prisma/database.ts';
import { like } from '../../prisma/like.ts';
import { newestVersions } from '../../prisma/repositories/definitions.ts';

export interface RunnableDefinition {
  kind: DefinitionKind;
  name: string;
  formerNames: string[];
  version: number;
  updatedAt: string;
  description: string | null;
  planId: string;
  parameters: Param[];
}

export interface DefinitionReader {
  get(kind: string, name: string): Promise<Definition>;
  list(filter: {
    kind?: string | undefined;
    q?: string | undefined;
    after?: string | undefined;
    limit: number;
  }): Promise<Definition[]>;
  pipelines(filter: {
    q?: string | undefined;
    after?: string | undefined;
    limit: number;
  }): Promise<RunnableDefinition[]>;
  pipeline(name: string): Promise<RunnableDefinition>;
}

const columns = `d.kind, d.name, d."formerNames", v.version, v.source, v.spec, v.author, v."createdAt"`;
const runnable = `select d.kind, d.name, d."formerNames", d.version, d."updatedAt", v."planId", v.spec->>'description' as description,
  coalesce(p.body->'parameters', '[]') as parameters from ${newestVersions} join plans p on p.id = v."planId"`;

type Row = Omit<Definition, 'createdAt'> & { createdAt: Date };
type RunnableRow = Omit<RunnableDefinition, 'updatedAt'> & { updatedAt: Date };

export function definitionReader({ pool }: Pick<Database, 'pool'>): DefinitionReader {
  const query = async (text: string, values: unknown[]) => (await pool.query<Row>(text, values)).rows.map(definitionOf);
  const runnables = async (text: string, values: unknown[]) =>
    (await pool.query<RunnableRow>(`${runnable} ${text}`, values)).rows.map(({ updatedAt, ...row }) => ({
      ...row,
      updatedAt: updatedAt.toISOString(),
    }));

  return {
    get: async (kind, name) => {
      const [found] = await query(`select ${columns} from ${newestVersions} where d.kind = $1 and d.name = $2`, [
        kind,
        name,
      ]);
      if (found === undefined) throw await missing(pool, kind, name);
      return found;
    },
    list: ({ kind, q, after, limit }) =>
      query(
        `select ${columns} from ${newestVersions}
         where ($1::text is null or d.kind = $1) and d.name ilike $2 and ($3::text is null or d.kind || '/' || d.name > $3)
         order by d.kind || '/' || d.name limit $4`,
        [kind ?? null, like(q), after ?? null, limit],
      ),
    pipelines: ({ q, after, limit }) =>
      runnables(
        `where d.kind = 'Pipeline' and d.name ilike $1 and ($2::text is null or d.name > $2) order by d.name limit $3`,
        [like(q), after ?? null, limit],
      ),
    pipeline: async (name) => {
      const [found] = await runnables(`where d.kind = 'Pipeline' and d.name = $1`, [name]);
      if (found === undefined) throw await missing(pool, 'Pipeline', name);
      return found;
    },
  };
}

/** With the name that is most like it. */
export async function missing(at: Pool | PoolClient, kind: string, name: string): Promise<PalvellaError> {
  const { rows } = await at.query<{ name: string; wasIt: boolean }>(
    `select name, $2 = any("formerNames") as "wasIt" from definitions where kind = $1
     order by "wasIt" desc, "updatedAt" desc limit 1000`,
    [kind, name],
  );
  const [first] = rows;
  if (first?.wasIt === true) {
    return new PalvellaError('not_found', `There is no ${kind} ${JSON.stringify(name)} any more.`, {
      remedy: `It is called ${first.name} now.`,
    });
  }
  const hint = nearestHint(
    name,
    rows.map((row) => row.name),
  );
  return new PalvellaError('not_found', sentence(`There is no ${kind} ${JSON.stringify(name)}${hint}`));
}

function definitionOf({ createdAt, ...row }: Row): Definition {
  return { ...row, spec: row.spec as JsonObject, createdAt: createdAt.toISOString() };
}
