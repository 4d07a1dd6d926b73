import type { DefinitionVersion, VersionSummary } from '../../core/api/library.ts';
import { PalvellaError } from '../../core/errors.ts';
import type { Database } from '../../prisma/database.ts';
import { setName } from './properties.ts';
import { missing } from './read.ts';

export interface VersionReader {
  /** Newest first; `before` is the last of the page before. */
  versions(kind: string, name: string, page: { before?: number | undefined; limit: number }): Promise<VersionSummary[]>;
  version(kind: string, name: string, version: number): Promise<DefinitionVersion>;
}

const summary = `v.version, v.author, v.note, v."createdAt"`;
const previous = `(select max(p.version) from definition_versions p where p."definitionId" = d.id and p.version < v.version) as previous`;
const found = `definitions d join definition_versions v on v."definitionId" = d.id where d.kind = $1 and d.name = $2`;

type Row<Of extends { createdAt: string }> = Omit<Of, 'createdAt'> & { createdAt: Date };

export function versionReader({ pool }: Pick<Database, 'pool'>): VersionReader {
  return {
    versions: async (kind, name, { before, limit }) => {
      const { rows } = await pool.query<Row<VersionSummary>>(
        `select ${summary}, ${previous} from ${found} and ($3::int is null or v.version < $3) order by v.version desc limit $4`,
        [kind, name, before ?? null, limit],
      );
      if (rows.length === 0 && before === undefined) throw await missing(pool, kind, name);
      return rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() }));
    },

    version: async (kind, name, version) => {
      const { rows } = await pool.query<Row<DefinitionVersion>>(
        `select d.kind, d.name, d."formerNames", ${summary}, v.source, v.spec, v.uses, v.version = d.version as "isNewest" from ${found} and v.version = $3`,
        [kind, name, version],
      );
      const [row] = rows;
      if (row !== undefined) return { ...underName(row), createdAt: row.createdAt.toISOString() };
      const [newest] = await pool
        .query<{ version: number }>('select version from definitions where kind = $1 and name = $2', [kind, name])
        .then((result) => result.rows);
      if (newest === undefined) throw await missing(pool, kind, name);
      throw new PalvellaError('not_found', `There is no version ${version} of the ${kind} ${name}.`, {
        remedy: `Its newest is ${newest.version}.`,
      });
    },
  };
}

/** As it would be saved now: a version from before a rename has the name that it had then. */
function underName<Of extends Pick<DefinitionVersion, 'name' | 'source' | 'spec'>>(row: Of): Of {
  const { name, source, spec } = row;
  return spec['name'] === name ? row : { ...row, source: setName(source, name), spec: { ...spec, name } };
}
