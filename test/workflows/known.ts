import type { ApprovalOutcome } from '../../activities/types.ts';
import type { JobPlan } from '../../core/plan.ts';
import type { JobState, Transition } from '../../core/run-state.ts';

/** What a database would have by these. */
export function stateOf(
  told: readonly Transition[],
  holderOf: (job: JobState) => string | undefined,
): { seq: number; startedAt: string; jobs: JobState[] } {
  const jobs = new Map<string, JobState>();
  for (const { actions, ...job } of told.flatMap((one) => one.jobs)) {
    const known = jobs.get(job.path)?.actions ?? [];
    for (const { position, ...action } of actions) known[position] = action;
    jobs.set(job.path, { ...job, actions: known });
  }
  const [first] = told;
  return {
    seq: told.at(-1)?.seq ?? 0,
    startedAt: first?.startedAt ?? '',
    jobs: [...jobs.values()].map((job) => ({ ...job, worker: holderOf(job) ?? null })),
  };
}

/** The Jobs of a group that a path names. */
export function groupOf(jobs: readonly JobPlan[], path: string): readonly JobPlan[] {
  let found = jobs;
  for (const name of path === '' ? [] : path.split('/')) {
    const body = found.find((job) => job.name === name)?.body;
    if (body?.kind === 'jobs') found = body.jobs;
  }
  return found;
}

/** What somebody decided on nothing in particular. */
export function outcomeOf(state: 'approved' | 'rejected', comment: string): ApprovalOutcome {
  const at = '2026-01-01T00:00:00.000Z';
  return { state, by: ['local/admin'], comment, at, digest: '', files: {}, fields: {} };
}
