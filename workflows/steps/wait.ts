import { sleep } from '@temporalio/workflow';
import { isoAfter, msUntil, nowIso } from '../clock.ts';
import { durationOf, inputOf } from './input.ts';
import type { Step, StepResult } from './step.ts';
import { waitForTrigger } from './wait-for-trigger.ts';

/** Holds the Job for some time, counted from the Action's start, or until its Trigger is sent something. */
export async function wait(step: Step): Promise<StepResult> {
  if (Object.hasOwn(step.plan.input, 'trigger')) return await waitForTrigger(step);
  const { context, job, action } = step;
  const ms = durationOf(inputOf(step), 'for');
  const until = isoAfter(action.startedAt ?? nowIso(), ms);
  context.book.change(job, { status: 'waiting', wait: { kind: 'timer', until }, reason: `Waits until ${until}` });
  await sleep(msUntil(until));
  context.book.change(job, { status: 'running', wait: null, reason: null });
  return { status: 'succeeded' };
}
