import type { Found } from './search-found.ts';

const key = 'palvella-recent';
const most = 8;

/** What this browser opened by search, the newest first. Storage may be full, forbidden, or hold what another version left. */
export function readRecent(storage: Pick<Storage, 'getItem'>): Found[] {
  try {
    const read: unknown = JSON.parse(storage.getItem(key) ?? '[]');
    return Array.isArray(read) ? read.filter(isFound).slice(0, most) : [];
  } catch {
    return [];
  }
}

export function keepRecent(storage: Pick<Storage, 'getItem' | 'setItem'>, found: Found): void {
  const others = readRecent(storage).filter(({ href }) => href !== found.href);
  try {
    storage.setItem(key, JSON.stringify([found, ...others].slice(0, most)));
  } catch {
    // It is a comfort only.
  }
}

/** Who comes after must not see where one was. */
export function forgetRecent(storage: Pick<Storage, 'removeItem'>): void {
  try {
    storage.removeItem(key);
  } catch {
    // Nothing could be kept then, either.
  }
}

/** Within this site only. */
function isFound(value: unknown): value is Found {
  if (typeof value !== 'object' || value === null) return false;
  const { kind, title, text, href } = value as Record<string, unknown>;
  return [kind, title, text, href].every((each) => typeof each === 'string') && /^\/(?!\/)/.test(href as string);
}
