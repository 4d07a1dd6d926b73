import { type Catalogue, checkFiles, type SourceFile } from '../../core/language/index.ts';
import type { DefinitionRow } from '../../prisma/repositories/definitions.ts';
import { checkSchedules } from '../schedules/check.ts';

/** Everything that is checked before files are saved. A schedule that is saved already may be over by now. */
export function checkForSaving(files: readonly SourceFile[], saved: readonly DefinitionRow[], catalogue: Catalogue) {
  const checked = checkFiles(files, saved, catalogue);
  const sources = new Map(saved.map(({ kind, name, source }) => [`${kind}/${name}`, source]));
  const changed = checked.documents.filter(({ kind, name, source }) => sources.get(`${kind}/${name}`) !== source);
  return { ...checked, problems: [...checked.problems, ...checkSchedules(changed, new Date())] };
}
