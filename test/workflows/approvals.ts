import { ApplicationFailure } from '@temporalio/common';
import type { ApprovalOutcome, ApprovalRequest, ControlActivities } from '../../activities/types.ts';
import { actionKeyText } from '../../core/keys.ts';

export type KnownApprovals = Map<string, { request: ApprovalRequest; outcome: ApprovalOutcome }>;

/** How the control worker refuses what no other try would change. */
export function refusal(): ApplicationFailure {
  return ApplicationFailure.nonRetryable('There is none of that name.', 'not_found');
}

/** What a database answers of approvals. */
export function approvalsInMemory(
  approvals: KnownApprovals,
): Pick<ControlActivities, 'askApproval' | 'readApproval' | 'closeApproval'> {
  return {
    async askApproval(request) {
      if (request.prompt === 'refused') throw refusal();
      const approvalId = actionKeyText({ ...request, attempt: 1 });
      const found = approvals.get(approvalId) ?? { request, outcome: { state: 'pending' } as ApprovalOutcome };
      approvals.set(approvalId, found);
      return { approvalId, outcome: found.outcome };
    },
    async readApproval(id) {
      return approvals.get(id)?.outcome ?? { state: 'pending' };
    },
    async closeApproval(id) {
      const found = approvals.get(id);
      if (found?.outcome.state === 'pending') found.outcome = { state: 'expired' };
      return found?.outcome ?? { state: 'expired' };
    },
  };
}
