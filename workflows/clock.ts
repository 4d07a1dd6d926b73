/** In a workflow `Date` is Temporal's: the time of the task that is processed, the same again in every replay. */
export function nowIso(): string {
  return new Date().toISOString();
}

export function isoAfter(start: string, ms: number): string {
  return new Date(Date.parse(start) + ms).toISOString();
}

export function msUntil(iso: string): number {
  return Math.max(0, Date.parse(iso) - Date.now());
}
