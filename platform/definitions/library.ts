import type { LibraryItem, UsedDefinition } from '../../core/api/library.ts';
import type { Database } from '../../prisma/database.ts';
import { like } from '../../prisma/like.ts';
import { newestVersions } from '../../prisma/repositories/definitions.ts';

interface LibraryFilter {
  kinds: readonly string[];
  q?: string | undefined;
  /** Exactly that, now or before a rename. */
  name?: string | undefined;
  /** `kind/name` of the last on the page before. */
  after?: string | undefined;
  limit: number;
}

export interface LibraryReader {
  library(filter: LibraryFilter): Promise<LibraryItem[]>;
  /** What names it directly, by kind and name. */
  users(of: UsedDefinition, page: { after?: string | undefined; limit: number }): Promise<UsedDefinition[]>;
  /** Everything that is saved, as one file. */
  exportAll(): Promise<string>;
}

type Row = Omit<LibraryItem, 'updatedAt'> & { updatedAt: Date };

export function libraryReader({ pool }: Pick<Database, 'pool'>): LibraryReader {
  return {
    library: async ({ kinds, q, name, after, limit }) => {
      const { rows } = await pool.query<Row>(
        `select d.kind, d.name, d.version, d."updatedAt", v.author, v.spec->>'description' as description,
           case when d.kind = 'Engine' then v.spec->>'type' end as type,
           coalesce(v.spec->'params', v.spec->'parameters', '[]') as parameters,
           (select count(*)::int from definition_uses u where u.kind = d.kind and u.name = d.name) as users
         from ${newestVersions}
         where d.kind = any($1) and d.name ilike $2 and ($3::text is null or d.name = $3 or $3 = any(d."formerNames"))
           and ($4::text is null or d.kind || '/' || d.name > $4)
         order by d.kind || '/' || d.name limit $5`,
        [kinds, like(q), name ?? null, after ?? null, limit],
      );
      return rows.map((row) => ({ ...row, updatedAt: row.updatedAt.toISOString() }));
    },

    users: async ({ kind, name }, { after, limit }) => {
      const { rows } = await pool.query<UsedDefinition>(
        `select d.kind, d.name from definition_uses u join definitions d on d.id = u."userId"
         where u.kind = $1 and u.name = $2 and ($3::text is null or d.kind || '/' || d.name > $3)
         order by d.kind || '/' || d.name limit $4`,
        [kind, name, after ?? null, limit],
      );
      return rows;
    },

    exportAll: async () => {
      const { rows } = await pool.query<{ source: string }>(
        `select v.source from ${newestVersions} order by d.kind, d.name`,
      );
      return rows.map(({ source }) => (source.endsWith('\n') ? source : `${source}\n`)).join('---\n');
    },
  };
}
