import type { JobState, RanIn } from '../../../core/run-state.ts';

/** Says of a Job that was taken over where it ran, and with what else. */
export function takenText({ ranIn }: Pick<JobState, 'ranIn'>): string {
  if (ranIn === undefined) return 'taken over from the earlier run';
  return `taken over from ${ranIn.run.replace('/', ' #')}${ranWith(ranIn)}`;
}

/** As `; it ran with environment=nonprod`, or nothing where all was the same. */
export function ranWith({ parameters }: RanIn): string {
  const values = Object.entries(parameters).map(
    ([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return values.length === 0 ? '' : `; it ran with ${values.join(', ')}`;
}
