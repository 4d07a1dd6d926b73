import { type ApprovalRow, standing } from '../../platform/approvals/rows.ts';
import type { ApprovalOutcome } from '../types.ts';

/** What the people who decided said, together. */
export function outcomeOf(approval: ApprovalRow): ApprovalOutcome {
  const { state, askedAt, digest, files, values } = approval;
  switch (state) {
    case 'pending':
      return { state };
    case 'approved':
    case 'rejected': {
      const wanted = state === 'approved' ? 'approve' : 'reject';
      const said = standing(approval).filter(({ verdict }) => verdict === wanted);
      const last = said.at(-1);
      const comments = said.map(({ comment }) => comment).filter((comment) => comment !== null && comment !== '');
      return {
        state,
        by: said.map(({ by }) => by),
        comment: comments.length === 0 ? null : comments.join('; '),
        at: (last?.at ?? askedAt).toISOString(),
        digest,
        files: Object.fromEntries(files.map(({ key, sha256 }) => [key, sha256])),
        fields: values ?? {},
      };
    }
    default:
      return { state: 'expired' };
  }
}
