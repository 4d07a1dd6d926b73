import type { JobState } from '../../../core/run-state.ts';
import { isShown } from './bars.ts';

/**
 * The chain of Jobs that a run took as long as: from the one that ended last (or goes on), each time to that before it which
 * ended last. Paths from the first to the last; groups are not in it, but what in them was the last.
 */
export function criticalPath(jobs: readonly JobState[], now: number): string[] {
  const byPath = new Map(jobs.map((job) => [job.path, job]));
  const inside = Map.groupBy(jobs.filter(isShown), ({ parent }) => parent);
  const endOf = (job: JobState) => (job.endedAt === null ? now : Date.parse(job.endedAt));

  function lastOf(some: readonly JobState[]): JobState | undefined {
    let last: JobState | undefined;
    for (const job of some) if (last === undefined || isLater(job, last)) last = job;
    const inner = last === undefined ? undefined : inside.get(last.path);
    return inner === undefined ? last : lastOf(inner);
  }

  /** Of two that end together, the one that took longer. */
  function isLater(a: JobState, b: JobState): boolean {
    const difference = endOf(a) - endOf(b);
    return difference > 0 || (difference === 0 && Date.parse(a.startedAt ?? '') < Date.parse(b.startedAt ?? ''));
  }

  function before(job: JobState): JobState | undefined {
    const prefix = job.parent === null ? '' : `${job.parent}/`;
    const required = job.requires.map((name) => byPath.get(prefix + name)).filter((one) => one !== undefined);
    const last = lastOf(required.filter(isShown));
    if (last !== undefined) return last;
    const parent = job.parent === null ? undefined : byPath.get(job.parent);
    return parent === undefined ? undefined : before(parent);
  }

  const chain: string[] = [];
  for (let at = lastOf(inside.get(null) ?? []); at !== undefined; at = before(at)) chain.unshift(at.path);
  return chain;
}
