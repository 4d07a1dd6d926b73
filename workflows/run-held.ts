import { CancellationScope, patched } from '@temporalio/workflow';
import { wantKey } from '../core/holds.ts';
import type { JobPlan } from '../core/plan.ts';
import type { JobState } from '../core/run-state.ts';
import { type Asked, wantsOf } from '../core/wants-of.ts';
import type { RunContext } from './context.ts';
import { endUnrun } from './end-job.ts';
import { withHold } from './hold.ts';
import { paramsOf } from './params-of.ts';
import { untilResumed } from './pause.ts';
import { runTries, type TriesOf } from './run-tries.ts';

type HeldPlan = JobPlan & { holds: NonNullable<JobPlan['holds']> };

/** Tries a Job, with what it needs to itself from before its first try to after its last. */
export function runHeld(context: RunContext, plan: JobPlan, job: JobState, of: TriesOf): Promise<void> {
  // Of a run that is gone nothing begins any more, and what it holds is taken from it.
  if (!isHeld(plan) || context.left !== undefined) return runTries(context, plan, job, of);
  return withHolds(context, plan, job, of);
}

function isHeld(plan: JobPlan): plan is HeldPlan {
  return plan.holds !== undefined;
}

async function withHolds(context: RunContext, plan: HeldPlan, job: JobState, of: TriesOf): Promise<void> {
  const { book, trigger } = context;
  const { around, scope } = of;
  // What waits for the server keeps nobody from a lock.
  if (context.pause.isOn && job.startedAt === null) await untilResumed(context, job);
  const params = paramsOf(plan, scope);
  const inside = { parameters: params, params, actions: {}, jobs: {}, trigger };
  const asked = wantsOf(plan.holds, { ...scope, params }, inside, around.held);
  if (asked.wants.length === 0) return await runTries(context, plan, job, of);
  const held = [...around.held, ...asked.wants.map(wantKey)];
  const own = inGroup(asked) && patched('give-way') ? new CancellationScope() : undefined;
  const refused = await withHold(
    context,
    {
      path: job.path,
      asked,
      isTaken: job.startedAt !== null,
      waits: (wait, reason) => book.change(job, { status: 'queued', wait, reason }),
      end: own === undefined ? undefined : () => own.cancel(),
    },
    (release) => {
      const tries = () => runTries(context, plan, job, { scope, around: { ...around, held }, release });
      return own === undefined ? tries() : own.run(tries);
    },
  );
  if (refused !== undefined) endUnrun(book, job, 'stopped', refused);
}

/** Whether one that is newer may take its place: then it can be ended apart from the run. */
function inGroup({ wants }: Asked): boolean {
  return wants.some(({ kind }) => kind === 'group');
}
