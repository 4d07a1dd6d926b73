import { CancellationScope, isCancellation } from '@temporalio/workflow';
import type { TriggerOutcome } from '../../core/trigger-wait.ts';
import { control } from '../activities.ts';
import { inputOf } from './input.ts';
import type { Step, StepResult } from './step.ts';
import { untilOf, untilTold } from './until-told.ts';

/** Holds the Job until its Trigger is sent something. What it was is read where it was written, never taken from a signal. */
export async function waitForTrigger(step: Step): Promise<StepResult> {
  const { context, job, action, session } = step;
  const input = inputOf(step);
  const trigger = input.text('trigger');
  const until = untilOf(step, input);
  const key = { ...session.key, action: action.name, attempt: action.attempt };
  const { waitId, outcome } = await context.gate.through(() => control.awaitTrigger({ ...key, trigger }));
  const wait = { kind: 'trigger', trigger, ...(until === undefined ? {} : { until }) } as const;
  context.book.changeAction(job, action, { status: 'waiting' });
  context.book.change(job, { status: 'waiting', wait, reason: `Waits for the Trigger ${trigger}` });
  try {
    const sent = await untilTold<TriggerOutcome>(step, outcome, {
      id: waitId,
      told: context.arrived,
      until,
      isOpen: ({ state }) => state === 'waiting',
      read: () => control.readTriggerWait(waitId),
      end: () => control.endTriggerWait(waitId),
    });
    return resultOf(trigger, sent);
  } catch (error) {
    if (isCancellation(error)) await CancellationScope.nonCancellable(() => control.endTriggerWait(waitId));
    throw error;
  } finally {
    context.book.change(job, { status: 'running', wait: null, reason: null });
  }
}

function resultOf(trigger: string, outcome: TriggerOutcome): StepResult {
  if (outcome.state !== 'sent')
    return { status: 'timed_out', reason: `Nothing came in time for the Trigger ${trigger}.` };
  const { delivery, output, note } = outcome;
  const reason = `Goes on with the delivery ${delivery}.${note === null ? '' : ` ${note}`}`;
  return { status: 'succeeded', output, named: output, reason };
}
