import type { RunDetail } from '../../core/api/objects.ts';
import type { JobState, Wait } from '../../core/run-state.ts';
import { isFinal } from '../../core/status.ts';

/**
 * Says of Jobs what follows from the run's other Jobs, so that no history has to hold it: what one waits for that has not
 * begun, and where in line one stands for a place among those that go on.
 */
export function withJobWaits(run: RunDetail): RunDetail {
  const byPath = new Map(run.jobs.map((job) => [job.path, job]));
  const places = windowPlaces(run.jobs);
  const jobs = run.jobs.map((job) => {
    if (job.wait?.kind === 'window') return { ...job, wait: { ...job.wait, position: places.get(job.path) ?? 1 } };
    if (job.status !== 'queued' || job.wait !== null) return job;
    return { ...job, wait: unbegun(run, job, byPath) };
  });
  return { ...run, jobs };
}

function unbegun(run: RunDetail, job: JobState, byPath: ReadonlyMap<string, JobState>): Wait {
  const outer = job.parent === null ? run : byPath.get(job.parent);
  if (outer?.status === 'queued') return { kind: 'outer', job: job.parent };
  const prefix = job.parent === null ? '' : `${job.parent}/`;
  const names = job.requires.filter((name) => {
    const required = byPath.get(prefix + name);
    return required !== undefined && !isFinal(required.status);
  });
  return names.length > 0 ? { kind: 'jobs', names } : { kind: 'part' };
}

/** What the run tells is where it stood when it came into the line, which gets shorter. */
function windowPlaces(jobs: readonly JobState[]): ReadonlyMap<string, number> {
  const since = ({ tries, startedAt }: JobState) => tries?.at(-1)?.nextAt ?? startedAt ?? '';
  const line = jobs
    .filter(({ wait }) => wait?.kind === 'window')
    .toSorted((a, b) => (since(a) < since(b) ? -1 : since(a) > since(b) ? 1 : 0));
  return new Map(line.map(({ path }, index) => [path, index + 1]));
}
