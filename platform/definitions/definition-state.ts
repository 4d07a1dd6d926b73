import type { Problem } from '../../core/errors.ts';
import { savedFile } from '../../core/language/index.ts';
import type { DefinitionRow } from '../../prisma/repositories/definitions.ts';

type State = NonNullable<Problem['definition']>;

/** What is saved of a definition now. */
export function stateOf(of: { kind: string; name: string }, row: DefinitionRow | undefined): State {
  return {
    kind: of.kind,
    name: of.name,
    version: row?.version ?? null,
    author: row?.author ?? null,
    savedAt: row?.savedAt.toISOString() ?? null,
  };
}

/** Problems of what is saved, each with the definition that has it. */
export function withDefinitions(problems: readonly Problem[], saved: readonly DefinitionRow[]): Problem[] {
  const rows = new Map(saved.map((row) => [savedFile(row), row]));
  return problems.map((problem) => {
    const row = rows.get(problem.file);
    return row === undefined ? problem : { ...problem, definition: stateOf(row, row) };
  });
}
