import type { Problem } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import { type Fault, type Locate, problemAt, type SourceDocument } from './document.ts';
import { checkDocument, parseFiles } from './parse.ts';
import type { Checked, Kind } from './schema.ts';

/** A definition as it is kept: the newest version's. */
export interface SavedDefinition {
  kind: string;
  name: string;
  spec: JsonObject;
  source: string;
}

type Definition = Checked & { locate: Locate };
export type Runnable = Extract<Definition, { kind: 'Pipeline' | 'Job' | 'Action' }>;
export type EngineDefinition = Extract<Definition, { kind: 'Engine' }>;

/** Everything that names can mean: what is saved, and over it what is being applied. */
export interface Library {
  /** Pipelines, Jobs and Actions share one namespace. */
  runnables: ReadonlyMap<string, Runnable>;
  engines: ReadonlyMap<string, EngineDefinition>;
}

const runnableKinds: ReadonlySet<Kind> = new Set<Kind>(['Pipeline', 'Job', 'Action']);

/** Saved definitions that this version cannot read are left out, with problems in `unreadable`. */
export function libraryOf(
  applied: readonly SourceDocument[],
  saved: readonly SavedDefinition[],
): { library: Library; problems: Problem[]; unreadable: Problem[] } {
  const runnables = new Map<string, Runnable>();
  const engines = new Map<string, EngineDefinition>();
  const problems: Problem[] = [];
  const unreadable: Problem[] = [];
  const replaced = new Set(applied.map(({ kind, name }) => `${kind}/${name}`));

  for (const definition of saved) {
    if (replaced.has(`${definition.kind}/${definition.name}`)) continue;
    const locate = locateSaved(definition);
    const checked = checkDocument(definition.spec);
    if ('faults' in checked) unreadable.push(...checked.faults.map((fault) => problemAt(locate, fault)));
    else add({ ...checked, locate });
  }
  const seen = new Set<string>();
  for (const document of applied) {
    const key = `${document.kind}/${document.name}`;
    if (seen.has(key)) problems.push(clash(document, `the ${document.kind} ${document.name} is there twice`));
    else add(document);
    seen.add(key);
  }
  return { library: { runnables, engines }, problems, unreadable };

  function add(definition: Definition): void {
    if (definition.kind === 'Engine') engines.set(definition.name, definition);
    if (!runnableKinds.has(definition.kind)) return;
    const other = runnables.get(definition.name);
    if (other === undefined) runnables.set(definition.name, definition as Runnable);
    else problems.push(clash(definition, `there is a ${other.kind} called ${definition.name} already`));
  }
}

function clash(definition: Definition, message: string): Problem {
  const remedy = 'Pipelines, Jobs and Actions share one namespace: give it another name.';
  const fault: Fault = { path: ['name'], message, ...(runnableKinds.has(definition.kind) ? { remedy } : {}) };
  return problemAt(definition.locate, fault);
}

/** Reads the source again, and only where a problem has to be shown. */
function locateSaved({ kind, name, source }: SavedDefinition): Locate {
  const file = `saved ${kind} ${name}`;
  let read: Locate | undefined;
  return (path, key) => {
    read ??=
      parseFiles([{ name: file, content: source }]).documents[0]?.locate ?? (() => ({ file, line: 1, column: 1 }));
    return read(path, key);
  };
}
