import { type JobPlace, parentOf, requiresOf, siblingsOf } from '../jobs.ts';

/** The Jobs that have ended before this one begins: those that it and its groups require, at any remove. */
export function upstreamOf(jobs: readonly JobPlace[], place: JobPlace): JobPlace[] {
  const found = new Set<JobPlace>();
  const follow = (of: JobPlace): void => {
    for (const name of requiresOf(of.job)) {
      const required = siblingsOf(jobs, of).find((each) => each.name === name);
      if (required === undefined || found.has(required)) continue;
      found.add(required);
      follow(required);
    }
  };
  for (let at: JobPlace | undefined = place; at !== undefined; at = parentOf(jobs, at)) follow(at);
  return jobs.filter((each) => found.has(each));
}
