import { isDeepStrictEqual } from 'node:util';
import { PalvellaError, type Problem } from '../../core/errors.ts';
import { type Catalogue, checkFiles, type SourceFile } from '../../core/language/index.ts';
import type { DefinitionRow } from '../../prisma/repositories/definitions.ts';
import { checkSchedules } from '../schedules/check.ts';

/** Says that files are at fault, and that nothing came of them. */
export function invalidFile(problems: readonly Problem[], done: 'saved' | 'tried'): PalvellaError {
  const count = problems.length === 1 ? 'One thing is' : `${problems.length} things are`;
  return new PalvellaError('invalid_file', `${count} wrong, so nothing was ${done}.`, { problems });
}

/** Everything that is checked before files are saved. A schedule that is saved already, as it is, may be over by now. */
export function checkForSaving(files: readonly SourceFile[], saved: readonly DefinitionRow[], catalogue: Catalogue) {
  const checked = checkFiles(files, saved, catalogue);
  const schedules = new Map(saved.map(({ kind, name, spec }) => [`${kind}/${name}`, spec['schedule']]));
  const changed = checked.documents.filter(
    ({ kind, name, json }) => !isDeepStrictEqual(schedules.get(`${kind}/${name}`), json['schedule']),
  );
  return { ...checked, problems: [...checked.problems, ...checkSchedules(changed, new Date())] };
}
