import type { JobPlan, Plan } from './plan.ts';

/** The Job of a plan that a path names. What `for_each` made is planned once for all of its kind. */
export function findJob({ jobs }: Pick<Plan, 'jobs'>, path: string): JobPlan | undefined {
  const [first = '', ...rest] = path.split('/').map((name) => name.replace(/\[\d+\]$/, ''));
  let found = jobs.find(({ name }) => name === first);
  for (const part of rest) {
    found = found?.body.kind === 'jobs' ? found.body.jobs.find(({ name }) => name === part) : undefined;
  }
  return found;
}
