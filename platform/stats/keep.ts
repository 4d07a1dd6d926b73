/** So many times as long as it took to read something it is kept. */
const times = 20;
const mostKept = 200;

/**
 * Reads once for all who ask for the same, and keeps it for a time that grows with what it cost: to look, however many
 * do, takes at most a twentieth of the database's time. What failed is not kept.
 */
export function createKeep(now: () => number = () => performance.now()) {
  const kept = new Map<string, { value: Promise<unknown>; until: number }>();
  return <Value>(key: string, read: () => Promise<Value>): Promise<Value> => {
    const there = kept.get(key);
    if (there !== undefined && now() < there.until) return there.value as Promise<Value>;
    if (kept.size >= mostKept) kept.clear();
    const began = now();
    const value = read();
    const entry = { value, until: Number.POSITIVE_INFINITY };
    kept.set(key, entry);
    value.then(
      () => {
        entry.until = now() + times * (now() - began);
      },
      () => {
        if (kept.get(key) === entry) kept.delete(key);
      },
    );
    return value;
  };
}
