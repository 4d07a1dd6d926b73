import { type Problem, problemWith } from '../errors.ts';
import { nearestHint } from '../nearest.ts';
import type { Plan } from '../plan.ts';
import { isRunnable, runnableKinds } from '../runnable.ts';
import type { Catalogue } from './catalogue.ts';
import { inOrder, readFiles } from './check-files.ts';
import type { SavedDefinition } from './library.ts';
import type { SourceFile } from './parse.ts';
import { planPipeline } from './plan.ts';

/**
 * The plan of one thing in files that are not saved, with what is saved beside them. It is checked as before saving,
 * except for what saved definitions would make of the change. `name` may be absent where the files leave no choice: the
 * only Pipeline, else the only Job, else the only Action.
 */
export function checkDraft(
  files: readonly SourceFile[],
  name: string | undefined,
  saved: readonly SavedDefinition[],
  catalogue: Catalogue,
): { name: string; plan: Plan } | { problems: Problem[] } {
  const { documents, library, problems: found, unreadable } = readFiles(files, saved, catalogue);
  const names = documents.filter(({ kind }) => isRunnable(kind)).map((document) => document.name);
  const chosen = name ?? onlyOf(documents);
  if (chosen === undefined || !names.includes(chosen)) {
    if (found.length > 0) return { problems: inOrder(found) };
    return { problems: [problemWith('', chosen === undefined ? choice(names) : missing(chosen, names))] };
  }
  const planned = planPipeline(chosen, library, catalogue);
  if ('plan' in planned && found.length === 0) return { name: chosen, plan: planned.plan };
  return { problems: inOrder([...found, ...('problems' in planned ? planned.problems : []), ...unreadable]) };
}

function onlyOf(documents: readonly { kind: string; name: string }[]): string | undefined {
  for (const kind of runnableKinds) {
    const [first, ...more] = documents.filter((document) => document.kind === kind);
    if (first !== undefined) return more.length === 0 ? first.name : undefined;
  }
  return undefined;
}

function choice(names: readonly string[]): string {
  if (names.length === 0) return 'The files define nothing that can be run: no Pipeline, Job or Action.';
  return `The files define several that can be run. Name one of ${names.join(', ')}.`;
}

function missing(name: string, names: readonly string[]): string {
  return `The files define no ${JSON.stringify(name)}${nearestHint(name, names)}.`;
}
