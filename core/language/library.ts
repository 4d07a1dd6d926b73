import type { Problem } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import { isRunnable, type RunnableKind } from '../runnable.ts';
import { type Locate, problemAt, type SourceDocument } from './document.ts';
import { checkDocument, parseFiles } from './parse.ts';
import type { Checked } from './schema.ts';

/** A definition as it is kept: the newest version's. */
export interface SavedDefinition {
  kind: string;
  name: string;
  spec: JsonObject;
  source: string;
}

type Definition = Checked & { locate: Locate };
export type Runnable = Extract<Definition, { kind: RunnableKind }>;
export type EngineDefinition = Extract<Definition, { kind: 'Engine' }>;
export type TriggerDefinition = Extract<Definition, { kind: 'Trigger' }>;

/** Everything that names can mean: what is saved, and over it what is being applied. Pipelines, Jobs and Actions share one namespace. */
export interface Library {
  kindOf(name: string): RunnableKind | undefined;
  runnable(name: string): Runnable | undefined;
  runnableNames(kind?: RunnableKind): string[];
  engine(name: string): EngineDefinition | undefined;
  engineNames(): string[];
  trigger(name: string): TriggerDefinition | undefined;
  triggerNames(): string[];
  /** Whether it is what a document is called that has faults of its own, so that nobody is told that it is not there. */
  isFaulty(name: string): boolean;
}

/** Not read before it is asked for: there may be thousands. */
type Read = () => Definition | undefined;

/** `unreadable` grows as saved definitions are asked for that this version cannot read. */
export function libraryOf(
  applied: readonly SourceDocument[],
  saved: readonly SavedDefinition[],
  faulty: readonly string[] = [],
): { library: Library; problems: Problem[]; unreadable: Problem[] } {
  const runnables = new Map<string, { kind: RunnableKind; read: Read }>();
  const engines = new Map<string, Read>();
  const triggers = new Map<string, Read>();
  const problems: Problem[] = [];
  const unreadable: Problem[] = [];
  const replaced = new Set(applied.map(({ kind, name }) => `${kind}/${name}`));

  for (const definition of saved) {
    const { kind, name } = definition;
    if (replaced.has(`${kind}/${name}`)) continue;
    add(
      definition,
      once(() => readSaved(definition, unreadable)),
    );
  }
  const seen = new Set<string>();
  for (const document of applied) {
    const { kind, name, locate } = document;
    const twice = seen.has(`${kind}/${name}`);
    seen.add(`${kind}/${name}`);
    const other = isRunnable(kind) ? runnables.get(name) : undefined;
    if (twice) problems.push(problemAt(locate, { path: ['name'], message: `the ${kind} ${name} is there twice` }));
    else if (other !== undefined) {
      const remedy = 'Pipelines, Jobs and Actions share one namespace: give it another name.';
      const message = `there is ${article[other.kind]} ${other.kind} called ${name} already`;
      problems.push(problemAt(locate, { path: ['name'], message, remedy }));
    } else add(document, () => document);
  }

  function add({ kind, name }: { kind: string; name: string }, read: Read): void {
    if (isRunnable(kind)) runnables.set(name, { kind, read });
    else if (kind === 'Engine') engines.set(name, read);
    else if (kind === 'Trigger') triggers.set(name, read);
  }

  const library: Library = {
    kindOf: (name) => runnables.get(name)?.kind,
    runnable: (name) => runnables.get(name)?.read() as Runnable | undefined,
    runnableNames: (kind) =>
      [...runnables].flatMap(([name, entry]) => (kind === undefined || entry.kind === kind ? [name] : [])),
    engine: (name) => engines.get(name)?.() as EngineDefinition | undefined,
    engineNames: () => [...engines.keys()],
    trigger: (name) => triggers.get(name)?.() as TriggerDefinition | undefined,
    triggerNames: () => [...triggers.keys()],
    isFaulty: (name) => faulty.includes(name),
  };
  return { library, problems, unreadable };
}

const article = { Pipeline: 'a', Job: 'a', Action: 'an' } as const;

function once<Result>(make: () => Result): () => Result {
  let made: { result: Result } | undefined;
  return () => {
    made ??= { result: make() };
    return made.result;
  };
}

function readSaved(saved: SavedDefinition, unreadable: Problem[]): Definition | undefined {
  const locate = locateSaved(saved);
  const checked = checkDocument(saved.spec);
  if (!('faults' in checked)) return { ...checked, locate };
  unreadable.push(...checked.faults.map((fault) => problemAt(locate, fault)));
  return undefined;
}

/** What stands for a file in problems of what is saved. */
export function savedFile({ kind, name }: { kind: string; name: string }): string {
  return `saved ${kind} ${name}`;
}

/** Reads the source again, and only where a problem has to be shown. */
export function locateSaved({ kind, name, source }: SavedDefinition): Locate {
  const file = savedFile({ kind, name });
  const locate = once(() => parseFiles([{ name: file, content: source }]).documents[0]?.locate);
  return (path, key) => locate()?.(path, key) ?? { file, line: 1, column: 1 };
}
