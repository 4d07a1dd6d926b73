import type { Approvals } from '../../platform/approvals/index.ts';
import type { ApprovalOutcome } from '../types.ts';

/** What the people who decided said, together. */
export function outcomeOf({ state, decisions, askedAt }: Awaited<ReturnType<Approvals['read']>>): ApprovalOutcome {
  switch (state) {
    case 'pending':
      return { state };
    case 'approved':
    case 'rejected': {
      const wanted = state === 'approved' ? 'approve' : 'reject';
      const said = decisions.filter(({ verdict }) => verdict === wanted);
      const last = said.at(-1);
      const comments = said.map(({ comment }) => comment).filter((comment) => comment !== null && comment !== '');
      return {
        state,
        by: said.map(({ by }) => by),
        comment: comments.length === 0 ? null : comments.join('; '),
        at: (last?.at ?? askedAt).toISOString(),
      };
    }
    default:
      return { state: 'expired' };
  }
}
