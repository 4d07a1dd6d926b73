/** Every status of a run, Job or Action, spelled so in the database, the API and the pages. */
export const statuses = [
  'queued',
  'running',
  'waiting',
  'succeeded',
  'failed',
  'errored',
  'blocked',
  'skipped',
  'stopped',
  'timed_out',
] as const;
export type Status = (typeof statuses)[number];

const open: ReadonlySet<Status> = new Set<Status>(['queued', 'running', 'waiting']);

export function isFinal(status: Status): boolean {
  return !open.has(status);
}

const worstFirst = ['stopped', 'errored', 'timed_out', 'failed'] as const;
/** What a run ends as. */
export const runEnds = [...worstFirst, 'succeeded'] as const;

/** What a run or a group of Jobs ends as: the worst of its Jobs, handled by another Job or not. */
export function worst(parts: Iterable<Status>): Status {
  const seen = new Set(parts);
  return worstFirst.find((status) => seen.has(status)) ?? 'succeeded';
}
