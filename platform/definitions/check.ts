import { isDeepStrictEqual } from 'node:util';
import { type Catalogue, checkFiles, type SourceFile } from '../../core/language/index.ts';
import type { DefinitionRow } from '../../prisma/repositories/definitions.ts';
import { checkSchedules } from '../schedules/check.ts';

/** Everything that is checked before files are saved. A schedule that is saved already, as it is, may be over by now. */
export function checkForSaving(files: readonly SourceFile[], saved: readonly DefinitionRow[], catalogue: Catalogue) {
  const checked = checkFiles(files, saved, catalogue);
  const schedules = new Map(saved.map(({ kind, name, spec }) => [`${kind}/${name}`, spec['schedule']]));
  const changed = checked.documents.filter(
    ({ kind, name, json }) => !isDeepStrictEqual(schedules.get(`${kind}/${name}`), json['schedule']),
  );
  return { ...checked, problems: [...checked.problems, ...checkSchedules(changed, new Date())] };
}
