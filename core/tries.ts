/**
 * A try runs what is not saved. It has a name of its own, with numbers of its own, so nothing that counts the runs of a
 * Pipeline meets it. A colon is in no name of a file.
 */
export const tryPrefix = 'try:';

export function tryName(pipeline: string): string {
  return tryPrefix + pipeline;
}

/** What a run of that name tries; undefined where it is a run of what is saved. */
export function triedName(name: string): string | undefined {
  return name.startsWith(tryPrefix) ? name.slice(tryPrefix.length) : undefined;
}
