import { CancellationScope, isCancellation } from '@temporalio/workflow';
import type { ApprovalOutcome } from '../../activities/types.ts';
import { unreachable } from '../../core/errors.ts';
import { control } from '../activities.ts';
import { inputOf } from './input.ts';
import type { Step, StepResult } from './step.ts';
import { untilOf, untilTold } from './until-told.ts';

/** Holds the Job until people have decided. What they decided is read where it was written, never taken from a signal. */
export async function approval(step: Step): Promise<StepResult> {
  const { context, job, action, session } = step;
  const input = inputOf(step);
  const [prompt, roles, quorum] = [input.text('prompt'), input.texts('roles'), input.count('quorum')];
  const expiresAt = untilOf(step, input);
  const { approvalId, outcome } = await context.gate.through(() =>
    control.askApproval({
      ...session.key,
      action: action.name,
      attempt: action.attempt,
      prompt,
      roles,
      quorum,
      ...(expiresAt === undefined ? {} : { expiresAt }),
      terms: input.values,
    }),
  );
  if (outcome.state === 'refused') return resultOf(outcome);
  const wait = { kind: 'approval', approvalId, roles, ...(expiresAt === undefined ? {} : { expiresAt }) } as const;
  context.book.changeAction(job, action, { status: 'waiting' });
  context.book.change(job, { status: 'waiting', wait, reason: `Waits for approval by ${roles.join(' or ')}` });
  try {
    const decided = await untilTold<ApprovalOutcome>(step, outcome, {
      id: approvalId,
      told: context.decided,
      until: expiresAt,
      isOpen: ({ state }) => state === 'pending',
      read: () => control.readApproval(approvalId),
      end: () => control.closeApproval(approvalId, 'expired'),
    });
    return resultOf(decided);
  } catch (error) {
    if (isCancellation(error)) {
      await CancellationScope.nonCancellable(() => control.closeApproval(approvalId, 'withdrawn'));
    }
    throw error;
  } finally {
    context.book.change(job, { status: 'running', wait: null, reason: null });
  }
}

function resultOf(outcome: ApprovalOutcome): StepResult {
  switch (outcome.state) {
    case 'approved':
    case 'rejected': {
      const { state, fields, ...decided } = outcome;
      const output = { ...fields, ...decided };
      const named = output;
      if (state === 'approved') return { status: 'succeeded', output, named };
      const { by, comment } = decided;
      const why = comment === null || comment === '' ? '' : `: ${comment}`;
      return { status: 'failed', output, named, reason: `Rejected by ${by.join(', ')}${why}` };
    }
    case 'refused':
      return { status: 'failed', reason: outcome.reason };
    case 'expired':
      return { status: 'failed', reason: 'Nobody decided in time, which counts as rejected.' };
    case 'pending':
      return { status: 'errored', reason: 'The approval ended without a decision.' };
    default:
      return unreachable(outcome);
  }
}
