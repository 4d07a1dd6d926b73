import { PalvellaError, type Problem, problemWith } from '../../core/errors.ts';
import type { DefinitionRow } from '../../prisma/repositories/definitions.ts';
import { stateOf } from './definition-state.ts';

/** The version that somebody read; null: there was none. */
export interface Expectation {
  kind: string;
  name: string;
  version: number | null;
}

/** Refuses to overwrite what somebody else saved, removed or made since it was read. */
export function checkExpected(saved: readonly DefinitionRow[], expected: readonly Expectation[]): void {
  const known = new Map(saved.map((row) => [`${row.kind}/${row.name}`, row]));
  const problems = expected.flatMap(({ kind, name, version }) => {
    const row = known.get(`${kind}/${name}`);
    return version === (row?.version ?? null) ? [] : [changed({ kind, name, version }, row)];
  });
  if (problems.length === 0) return;
  throw new PalvellaError('conflict', `${problems.map(({ message }) => message).join(' ')} Nothing was saved.`, {
    problems,
    remedy: 'Compare yours with what is saved now, then save again.',
  });
}

function changed({ kind, name, version }: Expectation, row: DefinitionRow | undefined): Problem {
  const now =
    row === undefined
      ? 'was removed'
      : version === null
        ? `is there already, in version ${row.version} by ${row.author}`
        : `was changed since version ${version}: version ${row.version} is by ${row.author}`;
  return { ...problemWith('', `The ${kind} ${name} ${now}.`), definition: stateOf({ kind, name }, row) };
}
