/** A text that was not saved, kept by the browser. */
export interface Draft {
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

export function readDraft(store: Store, key: string): Draft | null {
  try {
    const draft = JSON.parse(store.getItem(key) ?? 'null') as Partial<Draft> | null;
    if (typeof draft?.text !== 'string' || typeof draft.baseText !== 'string' || typeof draft.at !== 'number')
      return null;
    return {
      text: draft.text,
      baseText: draft.baseText,
      at: draft.at,
      base: typeof draft.base === 'number' ? draft.base : null,
    };
  } catch {
    return null;
  }
}

/** Null: there is nothing to keep any more. A browser that keeps nothing is no reason to stop. */
export function writeDraft(store: Store, key: string, draft: Draft | null): void {
  try {
    if (draft === null) store.removeItem(key);
    else store.setItem(key, JSON.stringify(draft));
  } catch {
    // Full, or forbidden.
  }
}
