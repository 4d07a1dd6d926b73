import { CancellationScope, condition, isCancellation } from '@temporalio/workflow';
import type { TriggerOutcome } from '../../core/trigger-wait.ts';
import { control } from '../activities.ts';
import { isoAfter, msUntil, nowIso } from '../clock.ts';
import { durationOf, inputOf } from './input.ts';
import type { Step, StepResult } from './step.ts';

/** Holds the Job until its Trigger is sent something. What it was is read where it was written, never taken from a signal. */
export async function waitForTrigger(step: Step): Promise<StepResult> {
  const { context, job, action, session } = step;
  const input = inputOf(step);
  const trigger = input.text('trigger');
  const timeoutMs = input.has('timeout') ? durationOf(input, 'timeout') : undefined;
  const until = timeoutMs === undefined ? undefined : isoAfter(action.startedAt ?? nowIso(), timeoutMs);
  const key = { ...session.key, action: action.name, attempt: action.attempt };
  const { waitId, outcome } = await context.gate.through(() => control.awaitTrigger({ ...key, trigger }));
  const wait = { kind: 'trigger', trigger, ...(until === undefined ? {} : { until }) } as const;
  context.book.changeAction(job, action, { status: 'waiting' });
  context.book.change(job, { status: 'waiting', wait, reason: `Waits for the Trigger ${trigger}` });
  try {
    return resultOf(trigger, await untilSent(step, waitId, outcome, until));
  } catch (error) {
    if (isCancellation(error)) await CancellationScope.nonCancellable(() => control.endTriggerWait(waitId));
    throw error;
  } finally {
    context.book.change(job, { status: 'running', wait: null, reason: null });
  }
}

async function untilSent(
  { context }: Step,
  waitId: string,
  first: TriggerOutcome,
  until: string | undefined,
): Promise<TriggerOutcome> {
  const { arrived } = context;
  const told = () => arrived.has(waitId);
  for (let outcome = first; ; ) {
    if (outcome.state !== 'waiting') return outcome;
    if (until === undefined) await condition(told);
    else if (!(await condition(told, Math.max(1, msUntil(until))))) {
      return await context.gate.through(() => control.endTriggerWait(waitId));
    }
    arrived.delete(waitId);
    outcome = await context.gate.through(() => control.readTriggerWait(waitId));
  }
}

function resultOf(trigger: string, outcome: TriggerOutcome): StepResult {
  if (outcome.state !== 'sent')
    return { status: 'timed_out', reason: `Nothing came in time for the Trigger ${trigger}.` };
  const { delivery, output, note } = outcome;
  const reason = `Goes on with the delivery ${delivery}.${note === null ? '' : ` ${note}`}`;
  return { status: 'succeeded', output, named: output, reason };
}
