import type { PoolClient } from 'pg';
import type { Renamed } from '../../core/api/definitions.ts';
import { PalvellaError } from '../../core/errors.ts';
import type { Catalogue } from '../../core/language/index.ts';
import { withRenamed } from '../../core/language/rename.ts';
import { isRunnable } from '../../core/runnable.ts';
import { type DefinitionRow, renameDefinition } from '../../prisma/repositories/definitions.ts';
import { withDefinitions } from './definition-state.ts';
import { checkExpected } from './expect.ts';
import { holdDefinition } from './hold.ts';
import { saveFiles } from './save.ts';
import { meaningOf } from './uses.ts';

export interface Renaming {
  kind: string;
  name: string;
  to: string;
  author: string;
  /** The version that the author read. */
  version?: number | undefined;
}

/** In a transaction: a definition under its new name and all that names it, each in a new version. */
export async function rename(
  client: PoolClient,
  catalogue: Catalogue,
  { kind, name, to, author, version }: Renaming,
): Promise<Renamed['renamed']> {
  const { found, saved } = await holdDefinition(client, kind, name);
  if (!isRunnable(kind) && kind !== 'Engine') throw notRenamed(kind);
  if (version !== undefined) checkExpected(saved, [{ kind, name, version }]);
  checkFree(saved, kind, to);

  const change: Parameters<typeof withRenamed>[1] = { kind, from: name, to };
  const meaning = meaningOf(saved);
  const texts = saved.flatMap((row) => {
    const text = withRenamed(row, change, meaning);
    return text === undefined ? [] : [{ row, text }];
  });
  const problems = texts.flatMap(({ text }) => ('problems' in text ? text.problems : []));
  if (problems.length > 0) {
    throw new PalvellaError('conflict', `The ${kind} ${name} was not renamed.`, {
      problems: withDefinitions(problems, saved),
    });
  }
  await renameDefinition(client, found.id, to);
  const files = texts.flatMap(({ row, text }) =>
    'source' in text ? [{ name: `${row.kind} ${row.name}`, content: text.source }] : [],
  );
  const note = `${kind} ${name} is called ${to} now`;
  const done = await saveFiles(client, catalogue, { files, author, note });
  const isIt = (one: { kind: string; name: string }) => one.kind === kind && one.name === to;
  return [...done.filter(isIt), ...done.filter((one) => !isIt(one))].map((one) => ({
    kind: one.kind,
    name: one.name,
    version: one.version,
  }));
}

function notRenamed(kind: string): PalvellaError {
  const why =
    kind === 'Trigger'
      ? 'Those who send to a Trigger know it by its name'
      : `What runs already knows a ${kind} by its name`;
  return new PalvellaError('invalid_request', `${why}, so it cannot be renamed.`, {
    remedy: 'Make a new one, and remove this one once nothing uses it any more.',
  });
}

function checkFree(saved: readonly DefinitionRow[], kind: string, to: string): void {
  const other = saved.find((row) => row.name === to && (isRunnable(kind) ? isRunnable(row.kind) : row.kind === kind));
  if (other === undefined) return;
  throw new PalvellaError('conflict', `There is ${article(other.kind)} ${other.kind} called ${to} already.`, {
    remedy: isRunnable(kind)
      ? 'Pipelines, Jobs and Actions share one namespace: take another name.'
      : 'Take another name.',
  });
}

function article(kind: string): string {
  return /^[AEIOU]/.test(kind) ? 'an' : 'a';
}
