import type { JobState } from '../../../core/run-state.ts';
import { isBad } from '../status/words.ts';

export interface JobRow {
  job: JobState;
  depth: number;
  isGroup: boolean;
}

/** Jobs under their groups, in the run's order, those that `keep` and the groups around them. */
export function jobRows(jobs: readonly JobState[], keep: (job: JobState) => boolean): JobRow[] {
  const children = new Map<string | null, JobState[]>();
  for (const job of jobs) {
    const siblings = children.get(job.parent);
    if (siblings === undefined) children.set(job.parent, [job]);
    else siblings.push(job);
  }
  const under = (parent: string | null, depth: number): JobRow[] =>
    (children.get(parent) ?? []).flatMap((job) => {
      const inner = under(job.path, depth + 1);
      return keep(job) || inner.length > 0 ? [{ job, depth, isGroup: children.has(job.path) }, ...inner] : [];
    });
  return under(null, 0);
}

/** By a part of the name, and by whether it broke. */
export function jobFilter(text: string, onlyBad: boolean): (job: JobState) => boolean {
  const wanted = text.trim().toLowerCase();
  return (job) => (!onlyBad || isBad(job.status)) && job.path.toLowerCase().includes(wanted);
}
