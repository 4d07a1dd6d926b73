import type { JsonObject } from '../../core/json.ts';
import { referencesOf } from '../../core/language/index.ts';
import type { Meaning } from '../../core/language/references.ts';
import { isRunnable, type RunnableKind } from '../../core/runnable.ts';
import type { DefinitionName } from '../../prisma/repositories/uses.ts';

type User = DefinitionName & { spec: JsonObject };

/** What documents, and what is saved already and means something else by now, name of the library. */
export function usesOf(users: readonly User[], saved: readonly DefinitionName[]) {
  const meaning = meaningOf([...saved, ...users]);
  return users.map(({ kind, name, spec }) => ({ kind, name, uses: referencesOf(kind, spec, meaning) }));
}

/** Later ones go before earlier ones. */
export function meaningOf(definitions: readonly DefinitionName[]): Meaning {
  const runnables = new Map<string, RunnableKind>();
  const engines = new Set<string>();
  for (const { kind, name } of definitions) {
    if (isRunnable(kind)) runnables.set(name, kind);
    else if (kind === 'Engine') engines.add(name);
  }
  return { kindOf: (name) => runnables.get(name), isEngine: (name) => engines.has(name) };
}
