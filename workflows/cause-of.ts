import { ActivityFailure, ApplicationFailure, ChildWorkflowFailure } from '@temporalio/workflow';
import { type ErrorCode, errorCode } from '../core/errors.ts';

/** What broke in an activity or a part, which Temporal hands over in words of its own. */
export function causeOf(error: unknown): unknown {
  if (!(error instanceof ActivityFailure || error instanceof ChildWorkflowFailure)) return error;
  return error.cause === undefined ? error : causeOf(error.cause);
}

export function messageOf(error: unknown): string {
  const cause = causeOf(error);
  return cause instanceof Error ? cause.message : String(cause);
}

export function codeOf(error: unknown): ErrorCode | undefined {
  const cause = causeOf(error);
  return errorCode(cause instanceof ApplicationFailure ? { code: cause.type } : cause);
}
