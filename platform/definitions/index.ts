import type { Removed, Renamed } from '../../core/api/definitions.ts';
import type { ApplyResult, Definition } from '../../core/api/objects.ts';
import { PalvellaError, type Problem } from '../../core/errors.ts';
import type { Json } from '../../core/json.ts';
import { type Catalogue, checkRemoval, type SourceFile } from '../../core/language/index.ts';
import type { Database } from '../../prisma/database.ts';
import {
  allDefinitions,
  type DefinitionRow,
  lockDefinitions,
  removeDefinition,
} from '../../prisma/repositories/definitions.ts';
import { transaction } from '../../prisma/transaction.ts';
import { checkForSaving } from './check.ts';
import { withDefinitions } from './definition-state.ts';
import { type Draft, type DraftOf, draftReader } from './draft.ts';
import { holdDefinition } from './hold.ts';
import { type LibraryReader, libraryReader } from './library.ts';
import { getProperty, setProperty } from './properties.ts';
import { type DefinitionReader, definitionReader } from './read.ts';
import { type Renaming, rename } from './rename.ts';
import { type Saving, saveFiles } from './save.ts';
import { type VersionReader, versionReader } from './versions.ts';

export type { RunnableDefinition } from './read.ts';

/** Pipelines, Jobs, Actions and Engines as they are saved. */
export interface Definitions extends DefinitionReader, VersionReader, LibraryReader {
  /** All files or none; what is wrong is in the error. */
  apply(saving: Saving): Promise<ApplyResult>;
  /** The same check, and nothing saved. */
  validate(files: readonly SourceFile[]): Promise<Problem[]>;
  /** What would run of files that are not saved. */
  draft(of: DraftOf): Promise<Draft>;
  /** What a Pipeline takes along: the Triggers that start nothing else. */
  remove(kind: string, name: string): Promise<Removed>;
  /** With all that names it, in one step. */
  rename(renaming: Renaming): Promise<Renamed>;
  getProperty(kind: string, name: string, property: string): Promise<Json>;
  setProperty(
    kind: string,
    name: string,
    change: { property: string; value: Json; author: string },
  ): Promise<Definition>;
}

export function createDefinitions({
  db,
  catalogue,
  triggersChanged = async () => {},
}: {
  db: Pick<Database, 'pool'>;
  catalogue: Catalogue;
  /** Told of Triggers once they are saved or removed. Never throws. */
  triggersChanged?: (names: readonly string[]) => Promise<void>;
}): Definitions {
  const { pool } = db;
  const reader = definitionReader(db);

  return {
    ...reader,
    ...versionReader(db),
    ...libraryReader(db),
    apply: async (saving) => {
      const saved = await transaction(pool, async (client) => {
        await lockDefinitions(client);
        return saveFiles(client, catalogue, saving);
      });
      await triggersChanged(triggersOf(saved.filter(({ change }) => change !== 'unchanged')));
      return { saved };
    },

    validate: (files) =>
      transaction(pool, async (client) => checkForSaving(files, await allDefinitions(client), catalogue).problems),

    draft: draftReader(db, catalogue),

    remove: async (kind, name) => {
      const removed = await transaction(pool, async (client) => {
        const { found, saved } = await holdDefinition(client, kind, name);
        const gone = [found, ...triggersOnlyOf(name, found.planId === null ? [] : saved)];
        const problems = checkRemoval(gone, saved, catalogue);
        for (const [index, row] of gone.entries()) {
          const own = problems[index] ?? [];
          if (own.length > 0) throw stillUsed(row, found, withDefinitions(own, saved));
        }
        for (const row of gone) await removeDefinition(client, row.id);
        return gone.map((row) => ({ kind: row.kind, name: row.name }));
      });
      await triggersChanged(triggersOf(removed));
      return { removed };
    },

    rename: async (renaming) => {
      const renamed = await transaction(pool, (client) => rename(client, catalogue, renaming));
      await triggersChanged(triggersOf(renamed));
      return { renamed };
    },

    getProperty: async (kind, name, property) => getProperty((await reader.get(kind, name)).spec, property),

    setProperty: async (kind, name, { property, value, author }) => {
      await transaction(pool, async (client) => {
        const { found } = await holdDefinition(client, kind, name);
        const content = setProperty(found.source, property, value);
        const file = { name: `${kind} ${name}`, content };
        await saveFiles(client, catalogue, { files: [file], author, note: `set ${property}` });
      });
      await triggersChanged(triggersOf([{ kind, name }]));
      return reader.get(kind, name);
    },
  };
}

/** `row` is what was to be removed, or goes along with it. */
function stillUsed(row: DefinitionRow, found: DefinitionRow, problems: Problem[]): PalvellaError {
  const along = row === found ? 'it' : `the ${found.kind} ${found.name}, with which it would go,`;
  return new PalvellaError('conflict', `The ${row.kind} ${row.name} is still used, so ${along} was not removed.`, {
    problems,
  });
}

function triggersOf(changed: readonly { kind: string; name: string }[]): string[] {
  return changed.flatMap(({ kind, name }) => (kind === 'Trigger' ? [name] : []));
}

/** Triggers that would have nothing left to start. */
function triggersOnlyOf(pipeline: string, saved: readonly DefinitionRow[]): DefinitionRow[] {
  return saved.filter(({ kind, spec }) => {
    const runs = (spec['runs'] ?? []) as { pipeline: string }[];
    return kind === 'Trigger' && runs.length > 0 && runs.every((run) => run.pipeline === pipeline);
  });
}
