/** A text that was not saved, kept by the browser. */
export interface Draft {
  /** Of the editor that wrote it: a later one keeps its text beside it. */
  id: string;
  text: string;
  /** The version that it was begun from; null: none. */
  base: number | null;
  /** The text of that version. */
  baseText: string;
  /** Unix time in milliseconds. */
  at: number;
}

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

export function draftKey(kind: string, name: string | null): string {
  return `palvella:draft:${kind}/${name ?? ''}`;
}

/** The oldest first. */
export function readDrafts(store: Store, key: string): Draft[] {
  try {
    const drafts = JSON.parse(store.getItem(key) ?? '[]') as unknown;
    return Array.isArray(drafts) ? drafts.filter(isDraft) : [];
  } catch {
    return [];
  }
}

/** Those that are to be offered. What was saved since is a draft no more. */
export function openDrafts(store: Store, key: string, saved: string): Draft[] {
  const drafts = readDrafts(store, key);
  for (const { id, text } of drafts) if (text === saved) dropDraft(store, key, id);
  return drafts.filter(({ text }) => text !== saved);
}

function isDraft(value: unknown): value is Draft {
  const { id, text, base, baseText, at } = (value ?? {}) as Partial<Draft>;
  return (
    [id, text, baseText].every((each) => typeof each === 'string') &&
    typeof at === 'number' &&
    (base === null || typeof base === 'number')
  );
}

/** In the place of what the same editor wrote before. */
export function keepDraft(store: Store, key: string, draft: Draft): void {
  write(store, key, [...readDrafts(store, key).filter(({ id }) => id !== draft.id), draft]);
}

export function dropDraft(store: Store, key: string, id: string): void {
  const drafts = readDrafts(store, key);
  const left = drafts.filter((each) => each.id !== id);
  if (left.length < drafts.length) write(store, key, left);
}

/** A browser that keeps nothing is no reason to stop. */
function write(store: Store, key: string, drafts: readonly Draft[]): void {
  try {
    if (drafts.length === 0) store.removeItem(key);
    else store.setItem(key, JSON.stringify(drafts));
  } catch {
    // Full, or forbidden.
  }
}
