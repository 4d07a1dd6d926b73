import type { JobPlan, Plan } from '../../core/plan.ts';
import type { JobState } from '../../core/run-state.ts';

/**
 * What a retry takes over: each Job that ended well, or was skipped, where neither it nor anything upstream of it is
 * done again. A group that is done again because of something in it takes over its own finished Jobs by the same rule;
 * one downstream of what is done again is done again whole. `from` is the path of a Job that is done again in any
 * case, with all that comes after it.
 */
export function inheritedJobs<Job extends Pick<JobState, 'path' | 'status'>>(
  plan: Pick<Plan, 'jobs'>,
  jobs: readonly Job[],
  from?: string,
): Job[] {
  const states = new Map(jobs.map((job) => [job.path, job]));
  const kept = new Set<string>();

  /** Whether a Job, or one try of a `for_each`, is taken over with all in it; where not, what in it can be. */
  function keeps(path: string, job: JobPlan, each: boolean): boolean {
    const state = states.get(path);
    if (state === undefined) return false;
    if (isGood(state.status) && !isWithin(from, path)) {
      for (const { path: other } of jobs) if (isWithin(other, path)) kept.add(other);
      return true;
    }
    if (from === path) return false;
    if (each) {
      for (const { path: other } of jobs) if (isInstance(other, path)) keeps(other, job, false);
    } else if (job.body.kind === 'jobs') visit(job.body.jobs, `${path}/`);
    return false;
  }

  function visit(group: readonly JobPlan[], prefix: string): void {
    const byName = new Map(group.map((job) => [job.name, job]));
    const again = new Map<string, boolean>();
    const isAgain = (job: JobPlan): boolean => {
      const known = again.get(job.name);
      if (known !== undefined) return known;
      const upstream = job.requires.some((name) => {
        const required = byName.get(name);
        return required !== undefined && isAgain(required);
      });
      const result = upstream || !keeps(prefix + job.name, job, job.forEach !== undefined);
      again.set(job.name, result);
      return result;
    };
    for (const job of group) isAgain(job);
  }

  visit(plan.jobs, '');
  return jobs.filter(({ path }) => kept.has(path));
}

function isGood(status: JobState['status']): boolean {
  return status === 'succeeded' || status === 'skipped';
}

/** Whether `path` is `of`, or stands in it: `a/b` and `a[0]/b` stand in `a`. */
function isWithin(path: string | undefined, of: string): boolean {
  return path !== undefined && (path === of || path.startsWith(`${of}/`) || path.startsWith(`${of}[`));
}

function isInstance(path: string, of: string): boolean {
  return path.startsWith(`${of}[`) && /^\[\d+\]$/.test(path.slice(of.length));
}
