import type { Problem } from '../errors.ts';
import type { Plan } from '../plan.ts';
import type { Catalogue } from './catalogue.ts';
import { problemAt, type SourceDocument } from './document.ts';
import { type Library, libraryOf, locateSaved, type SavedDefinition } from './library.ts';
import { parseFiles, type SourceFile } from './parse.ts';
import { planPipeline } from './plan.ts';
import { checkEngineDefinition } from './plan-hooks.ts';
import { checkTrigger } from './plan-trigger.ts';
import { newPlanning } from './planning.ts';
import { refFaults } from './ref-pattern.ts';
import type { Kind } from './schema.ts';

/** Kinds that are read and checked, but that nothing executes yet. */
const notExecutedYet: ReadonlySet<Kind> = new Set<Kind>(['Role', 'Permission']);

/**
 * Everything that is done before files are saved. `plans` holds, by name, the plan of each Pipeline, Job and Action
 * in the files, and of each saved one that uses something of them. To be saved only where there are no problems.
 */
export function checkFiles(
  files: readonly SourceFile[],
  saved: readonly SavedDefinition[],
  catalogue: Catalogue,
): { documents: SourceDocument[]; plans: Map<string, Plan>; problems: Problem[] } {
  const { documents, library, problems, unreadable } = readFiles(files, saved, catalogue);
  const changed = new Set(documents.map(({ name }) => name));
  const { plans, problems: faults } = planAnew(changed, saved.map(textOf), library, catalogue);
  const found = [...problems, ...faults];
  // A saved definition that cannot be read any more is in nobody's way until something else is wrong.
  return { documents, plans, problems: found.length === 0 ? [] : inOrder([...found, ...unreadable]) };
}

/** Plans what is left where definitions are removed together: of each of them, the problems of those that use it. */
export function checkRemoval(
  removed: readonly { kind: string; name: string }[],
  saved: readonly SavedDefinition[],
  catalogue: Catalogue,
): Problem[][] {
  const left = saved.filter(({ kind, name }) => !removed.some((one) => kind === one.kind && name === one.name));
  const texts = left.map(textOf);
  const { library } = libraryOf([], left);
  return removed.map(({ kind, name }) =>
    inOrder(
      kind === 'Credential'
        ? left.flatMap((each) => credentialUses(each, name))
        : planAnew(new Set([name]), texts, library, catalogue).problems,
    ),
  );
}

/** Credentials are not planned: they are looked up when they are needed. */
function credentialUses(saved: SavedDefinition, name: string): Problem[] {
  const message = `it takes the Credential ${name}`;
  const found: Problem[] = [];
  const walk = (value: unknown, path: (string | number)[]): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      const at = [...path, Array.isArray(value) ? Number(key) : key];
      if (key === 'from_credential' && inner === name) found.push(problemAt(locateSaved(saved), { path: at, message }));
      else walk(inner, at);
    }
  };
  walk(saved.spec, []);
  return found;
}

/** Files with what is saved beside them, and what is wrong with each document before anything is planned. */
export function readFiles(
  files: readonly SourceFile[],
  saved: readonly SavedDefinition[],
  catalogue: Catalogue,
): { documents: SourceDocument[]; library: Library; problems: Problem[]; unreadable: Problem[] } {
  const { documents, problems, faulty } = parseFiles(files);
  const { library, problems: clashes, unreadable } = libraryOf(documents, saved, faulty);
  const alone = documents.flatMap((document) => faultsAlone(document, library, catalogue));
  return { documents, library, problems: [...problems, ...clashes, ...alone], unreadable };
}

/** What has one of these names, and each saved definition that uses it. */
function planAnew(
  names: ReadonlySet<string>,
  saved: readonly SavedText[],
  library: Library,
  catalogue: Catalogue,
): { plans: Map<string, Plan>; problems: Problem[] } {
  const plans = new Map<string, Plan>();
  const problems: Problem[] = [];
  for (const name of withUsers(names, saved)) {
    problems.push(...engineFaults(name, library, catalogue), ...triggerFaults(name, library, catalogue));
    if (library.runnable(name) === undefined) continue;
    const planned = planPipeline(name, library, catalogue);
    if ('plan' in planned) plans.set(name, planned.plan);
    else problems.push(...planned.problems);
  }
  return { plans, problems };
}

function faultsAlone(document: SourceDocument, library: Library, catalogue: Catalogue): Problem[] {
  const { kind, name, locate } = document;
  if (notExecutedYet.has(kind)) {
    const message = `${kind} is part of the language, but this version does not execute it yet`;
    return [problemAt(locate, { path: ['kind'], message, code: 'not_executed_yet' })];
  }
  if (kind === 'Action' && catalogue.actions.has(name)) {
    return [
      problemAt(locate, { path: ['name'], message: `there is a type of Action called ${name}; take another name` }),
    ];
  }
  return refFaults(document).map((fault) => problemAt(locate, fault));
}

/** Of an Engine in the library, also one that nothing uses yet: what it names may have changed. */
function engineFaults(name: string, library: Library, catalogue: Catalogue): Problem[] {
  const definition = library.engine(name);
  if (definition === undefined) return [];
  const planning = newPlanning(library, catalogue);
  checkEngineDefinition(planning, definition);
  return planning.problems;
}

function triggerFaults(name: string, library: Library, catalogue: Catalogue): Problem[] {
  const definition = library.trigger(name);
  if (definition === undefined) return [];
  const planning = newPlanning(library, catalogue);
  checkTrigger(planning, definition);
  return planning.problems;
}

/** A saved definition as text, in which names can be looked for. */
interface SavedText {
  name: string;
  text: string;
}

function textOf({ name, spec }: SavedDefinition): SavedText {
  return { name, text: JSON.stringify(spec) };
}

/** The names, and those of saved definitions that mention one of them, at any remove. */
function withUsers(names: ReadonlySet<string>, saved: readonly SavedText[]): ReadonlySet<string> {
  const all = new Set(names);
  let fresh = [...names];
  while (fresh.length > 0) {
    const wanted = fresh.map((name) => JSON.stringify(name));
    const users = saved.filter(({ name, text }) => !all.has(name) && wanted.some((one) => text.includes(one)));
    for (const { name } of users) all.add(name);
    fresh = users.map(({ name }) => name);
  }
  return all;
}

/** As they stand in the files, each once. */
export function inOrder(problems: readonly Problem[]): Problem[] {
  const files = [...new Set(problems.map(({ file }) => file))];
  const unique = new Map(
    problems.map((one) => [`${one.file}:${one.line}:${one.column}:${one.path}:${one.message}`, one]),
  );
  return [...unique.values()].sort(
    (a, b) => files.indexOf(a.file) - files.indexOf(b.file) || a.line - b.line || a.column - b.column,
  );
}
