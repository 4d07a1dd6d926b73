import type { JobState } from '../../../core/run-state.ts';
import type { GraphItem } from './layout.ts';

/** Jobs of a run with what they require as paths. An item of a `for_each` requires what its `for_each` does. */
export function runItems(jobs: readonly JobState[]): GraphItem[] {
  const paths = new Set(jobs.map((job) => job.path));
  return jobs.map((job) => {
    const folder = job.path.slice(0, job.path.length - job.name.length);
    const requires = job.requires.map((required) => (paths.has(folder + required) ? folder + required : required));
    return { path: job.path, parent: job.parent, requires };
  });
}

/** Groups too large to show whole at first. */
export function largeGroups(items: readonly GraphItem[], atMost = 60): Set<string> {
  const sizes = new Map<string, number>();
  for (const item of items) {
    if (item.parent !== null) sizes.set(item.parent, (sizes.get(item.parent) ?? 0) + 1);
  }
  return new Set([...sizes].filter(([, size]) => size > atMost).map(([path]) => path));
}
