import type { ForkJob } from '../../core/api/forks.ts';
import { findJob } from '../../core/find-job.ts';
import { actionsOf } from '../../core/hooks.ts';
import type { JobPlan, Plan } from '../../core/plan.ts';
import type { JobState } from '../../core/run-state.ts';

type State = Pick<JobState, 'path' | 'status'>;

export interface ForkedRun {
  /** As `pipeline/number`. */
  name: string;
  plan: Pick<Plan, 'jobs'>;
  jobs: readonly State[];
}

interface Verdict {
  does: ForkJob['does'];
  why: string | null;
}

/** What is asked of the Jobs of a group: all run, all are taken over, or what is before the Job that this way leads to. */
type Mode = 'run' | 'take' | readonly string[];

/**
 * What becomes of each Job of `plan` in a run that goes on from its Job `from`, with what `before` recorded: what is upstream
 * of it is taken over, all else runs. A Job that asks for approval is never taken over, nor is what comes after it: what was
 * approved may have been something else. `taken` are the paths of what is taken over, tries of a `for_each` among them.
 */
export function forkJobs(
  plan: Pick<Plan, 'jobs'>,
  before: ForkedRun,
  from: string | undefined,
): { jobs: ForkJob[]; taken: string[] } {
  const states = new Map(before.jobs.map((job) => [job.path, job]));
  const verdicts = new Map<string, Verdict>();
  const taken = new Set<string>();

  function visit(group: readonly JobPlan[], prefix: string, mode: Mode): void {
    const byName = new Map(group.map((job) => [job.name, job]));
    const [target, ...rest] = typeof mode === 'string' ? [] : mode;
    const before = target === undefined ? undefined : upstreamOf(target, byName);
    for (const job of inOrder(group, byName)) verdicts.set(prefix + job.name, verdictOn(job, prefix + job.name));

    function verdictOn(job: JobPlan, path: string): Verdict {
      if (job.name === target)
        return rest.length === 0 ? runs(job, path, 'The fork goes on from it.') : into(job, path, rest);
      if (mode === 'run' || before?.has(job.name) === false) return runs(job, path, null);
      const again = job.requires.find((name) => verdicts.get(prefix + name)?.does === 'runs');
      if (again !== undefined) return runs(job, path, `It comes after ${again}, which runs again.`);
      return take(job, path);
    }
  }

  function into(job: JobPlan, path: string, rest: readonly string[]): Verdict {
    if (job.body.kind === 'jobs') visit(job.body.jobs, `${path}/`, rest);
    return { does: 'runs', why: 'The fork goes on from a Job in it.' };
  }

  function runs(job: JobPlan, path: string, why: string | null): Verdict {
    if (job.body.kind === 'jobs') visit(job.body.jobs, `${path}/`, 'run');
    return { does: 'runs', why };
  }

  function take(job: JobPlan, path: string): Verdict {
    if (asksForApproval(job)) {
      if (job.body.kind === 'actions' || job.forEach !== undefined) {
        return runs(job, path, 'A fork asks for approval again.');
      }
      visit(job.body.jobs, `${path}/`, 'take');
      return { does: 'runs', why: 'A Job in it asks for approval again.' };
    }
    const fault = faultOf(job, path);
    if (fault !== undefined) return { does: 'gone', why: fault };
    taken.add(path);
    if (job.forEach !== undefined) {
      for (const other of states.keys()) if (other.startsWith(`${path}[`)) taken.add(other);
      return { does: 'taken', why: null };
    }
    if (job.body.kind === 'jobs') {
      visit(job.body.jobs, `${path}/`, 'take');
      const lacks = job.body.jobs.find(({ name }) => verdicts.get(`${path}/${name}`)?.does === 'gone');
      if (lacks !== undefined) return { does: 'gone', why: `${path}/${lacks.name} in it is not to be had.` };
    }
    return { does: 'taken', why: null };
  }

  function faultOf(job: JobPlan, path: string): string | undefined {
    const state = states.get(path);
    const was = findJob(before.plan, path);
    if (state === undefined || was === undefined) return `${before.name} has no result of it.`;
    if (state.status !== 'succeeded' && state.status !== 'skipped') {
      return `It did not end well in ${before.name}: ${state.status}.`;
    }
    return kindOf(was) === kindOf(job)
      ? undefined
      : `It was ${kindOf(was)} in ${before.name} and is ${kindOf(job)} now.`;
  }

  visit(plan.jobs, '', from === undefined ? 'run' : from.split('/'));
  const jobs: ForkJob[] = [];
  list(plan.jobs, '');
  return { jobs, taken: [...taken] };

  /** In the order of the plan. */
  function list(group: readonly JobPlan[], prefix: string): void {
    for (const job of group) {
      const path = prefix + job.name;
      const { does, why } = verdicts.get(path) ?? { does: 'taken', why: null };
      const was = does === 'taken' ? findJob(before.plan, path) : undefined;
      jobs.push({ path, does, why, changed: was !== undefined && JSON.stringify(was) !== JSON.stringify(job) });
      // What a list makes is taken over or done again whole, and cannot be gone on from singly.
      if (job.body.kind === 'jobs' && job.forEach === undefined) list(job.body.jobs, `${path}/`);
    }
  }
}

/** Names of all that a Job of a group comes after. */
function upstreamOf(name: string, group: ReadonlyMap<string, JobPlan>): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [...(group.get(name)?.requires ?? [])];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    open.push(...(group.get(next)?.requires ?? []));
  }
  return found;
}

/** Each after those that it requires. */
function inOrder(group: readonly JobPlan[], byName: ReadonlyMap<string, JobPlan>): JobPlan[] {
  const order = new Set<JobPlan>();
  for (const job of group) {
    const open = [job];
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      const next = top.requires.map((name) => byName.get(name)).find((one) => one !== undefined && !order.has(one));
      if (next === undefined) order.add(open.pop() as JobPlan);
      else open.push(next);
    }
  }
  return [...order];
}

function asksForApproval({ body }: JobPlan): boolean {
  if (body.kind === 'jobs') return body.jobs.some(asksForApproval);
  return actionsOf(body).some(({ plan }) => plan.type === 'approval');
}

function kindOf({ forEach, body }: JobPlan): string {
  if (forEach !== undefined) return 'one Job for each item of a list';
  return body.kind === 'jobs' ? 'a group of Jobs' : 'a single Job';
}
