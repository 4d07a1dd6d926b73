import { CancellationScope, isCancellation } from '@temporalio/workflow';
import { wantKey } from '../core/holds.ts';
import type { OpenedRun } from '../core/opened-run.ts';
import type { HoldPlan } from '../core/plan.ts';
import { isFinal, type Status } from '../core/status.ts';
import { wantsOf } from '../core/wants-of.ts';
import { messageOf } from './cause-of.ts';
import { nowIso } from './clock.ts';
import { type RunContext, stopReason } from './context.ts';
import { withHold } from './hold.ts';
import { limited, msLeft } from './limited.ts';
import { ended } from './run-book.ts';

/** All Jobs of a run, from the first to the last. `held`: keys of the locks and groups that the run has. */
export async function interpret(context: RunContext, run: OpenedRun, held: readonly string[]): Promise<void> {
  const around = { path: '', parameters: run.parameters, jobs: {}, held };
  try {
    const tried = await limited(msLeft(run.plan.timeoutMs, context.book.run.startedAt), () =>
      context.runGroup(context, run.plan.jobs, around),
    );
    if (CancellationScope.current().consideredCancelled) end(context, 'stopped', stopReason(context));
    else if (tried.timedOut) {
      end(context, 'timed_out', `It took longer than its timeout of ${run.plan.timeoutMs} ms.`);
    } else end(context, tried.value.status, reasonOf(context));
  } catch (error) {
    endBroken(context, error);
  }
}

/** The same, once the run has what it needs to itself. Its timeout counts from then. */
export async function interpretHeld(context: RunContext, run: OpenedRun, holds: readonly HoldPlan[]): Promise<void> {
  const { book } = context;
  const { parameters, trigger } = run;
  try {
    const scope = { parameters, params: parameters, actions: {}, jobs: {}, trigger };
    const asked = wantsOf(holds, scope, scope, []);
    const isTaken = book.run.startedAt !== null;
    const root = CancellationScope.current();
    const hold = { path: '', asked, isTaken, waits: () => undefined, end: () => root.cancel() };
    const refused = await withHold(context, hold, async () => {
      if (!isTaken) book.changeRun({ status: 'running', startedAt: nowIso() });
      await interpret(context, run, asked.wants.map(wantKey));
    });
    if (refused !== undefined) end(context, 'stopped', refused);
  } catch (error) {
    endBroken(context, error);
  }
}

function endBroken(context: RunContext, error: unknown): void {
  if (isCancellation(error)) end(context, 'stopped', stopReason(context));
  else end(context, 'errored', messageOf(error));
}

function end(context: RunContext, status: Status, reason: string | null): void {
  const { book, left } = context;
  for (const job of book.jobs()) if (!isFinal(job.status)) book.change(job, ended(job, 'stopped', null));
  book.changeRun({ status, reason, ...left, endedAt: nowIso() });
}

/** The first Job of the worst kind says why. */
function reasonOf({ book }: RunContext): string | null {
  for (const status of ['errored', 'timed_out', 'failed'] as const) {
    const job =
      book.jobs().find((one) => one.status === status && one.actions.length > 0) ??
      book.jobs().find((one) => one.status === status);
    if (job !== undefined) return `${job.path}: ${job.reason ?? status}`;
  }
  return null;
}
