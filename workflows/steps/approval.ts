import { CancellationScope, condition, isCancellation } from '@temporalio/workflow';
import type { ApprovalOutcome } from '../../activities/types.ts';
import { unreachable } from '../../core/errors.ts';
import { control } from '../activities.ts';
import { isoAfter, msUntil, nowIso } from '../clock.ts';
import { durationOf, inputOf } from './input.ts';
import type { Step, StepResult } from './step.ts';

/** Holds the Job until people have decided. What they decided is read where it was written, never taken from a signal. */
export async function approval(step: Step): Promise<StepResult> {
  const { context, job, action, session } = step;
  const input = inputOf(step);
  const [prompt, roles, quorum] = [input.text('prompt'), input.texts('roles'), input.count('quorum')];
  const timeoutMs = input.has('timeout') ? durationOf(input, 'timeout') : undefined;
  const expiresAt = timeoutMs === undefined ? undefined : isoAfter(action.startedAt ?? nowIso(), timeoutMs);
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
    const decided = await untilDecided(step, approvalId, outcome, expiresAt);
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

async function untilDecided(
  { context }: Step,
  approvalId: string,
  first: ApprovalOutcome,
  expiresAt: string | undefined,
): Promise<ApprovalOutcome> {
  const { decided } = context;
  const told = () => decided.has(approvalId);
  for (let outcome = first; ; ) {
    if (outcome.state !== 'pending') return outcome;
    if (expiresAt === undefined) await condition(told);
    else if (!(await condition(told, Math.max(1, msUntil(expiresAt))))) {
      return await context.gate.through(() => control.closeApproval(approvalId, 'expired'));
    }
    decided.delete(approvalId);
    outcome = await context.gate.through(() => control.readApproval(approvalId));
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
