import { CancellationScope } from '@temporalio/workflow';
import { actionsOf } from '../core/hooks.ts';
import { engineQueue, type JobKey } from '../core/keys.ts';
import type { ActionPlan, JobBody } from '../core/plan.ts';
import type { JobState } from '../core/run-state.ts';
import { control, teardownOn } from './activities.ts';
import type { RunContext } from './context.ts';

/** Whether a Worker runs it; else it is control flow and done here. */
export function needsWorker({ place }: ActionPlan): boolean {
  return place !== 'workflow';
}

/** One try of a Job on one Worker, from its first Action there to its teardown. */
export interface JobSession {
  key: JobKey;
  /** Where a Worker is asked for, and what it must have. */
  queue: string;
  engine: string;
  requires: Record<string, string>;
  workerId: string | undefined;
  /** Types of Engines that hold something of the Job. */
  held: Set<string>;
  /** Whether its Worker was given up. */
  lost: boolean;
  /** Whether it is tearing its Engines down, which nobody is asked about. */
  closing: boolean;
  /** Names of the Actions that a Worker executes. */
  onWorkers: ReadonlySet<string>;
  /** Whether the Engine of this Action may be torn down with it, as the last that needs a Worker. */
  isLast(action: ActionPlan): boolean;
  /** The type of Engine that an Action is sent with. */
  engineOf(action: ActionPlan): string;
}

type Body = Extract<JobBody, { kind: 'actions' }>;

export function createSession(key: JobKey, body: Body, workerId: string | undefined): JobSession {
  const onWorkers = body.actions.filter(needsWorker);
  const all = actionsOf(body).filter(({ plan }) => needsWorker(plan));
  const leading = onWorkers.find(({ place }) => place === 'job');
  const engine = leading?.engine.type ?? 'native';
  const requires = (leading ?? onWorkers[0])?.engine.requires ?? {};
  const last = onWorkers.at(-1);
  const engineOf = (action: ActionPlan) => (leading === undefined ? 'native' : action.engine.type);
  const single = body.hooks === undefined && new Set(onWorkers.map(engineOf)).size === 1;
  return {
    key,
    queue: engineQueue(engine, requires),
    engine,
    requires,
    workerId,
    lost: false,
    closing: false,
    held: new Set(workerId === undefined ? [] : all.map(({ plan }) => engineOf(plan))),
    onWorkers: new Set(all.map(({ name }) => name)),
    isLast: (action) => single && action === last,
    engineOf,
  };
}

/** What follows goes to another Worker, under a key of its own. */
export function leaveWorker(context: RunContext, job: JobState, session: JobSession): void {
  context.book.change(job, { attempt: job.attempt + 1, worker: null });
  session.key = { ...session.key, jobAttempt: job.attempt };
  session.workerId = undefined;
  session.lost = false;
  session.held.clear();
}

/** Removes what the Job left on its Worker, however the Job ended. */
export async function tearDown(context: RunContext, session: JobSession): Promise<void> {
  if (session.held.size === 0) return;
  await CancellationScope.nonCancellable(() =>
    context.gate.through(async () => {
      // One that was stopped in its first Action has not yet said who it is.
      const workerId =
        session.workerId ?? (await control.findClaim({ ...session.key, action: '', attempt: 0 }))?.workerId;
      if (workerId === undefined) return;
      const { teardownJob } = teardownOn(workerId);
      for (const engineType of session.held) {
        // The Worker is told again by the answer to its heartbeat.
        await teardownJob({ ...session.key, engineType }).catch(() => undefined);
      }
    }),
  );
  session.held.clear();
}
