'use client';
import type { ApprovalItem } from '../../../core/api/approvals.ts';
import lists from '../lists/lists.module.css';
import { useWho } from '../session/who.ts';
import { orList } from '../status/wait-text.ts';
import { Time } from '../time/time.tsx';

/** Who may decide, since when it waits, what comes of that, and what was decided so far. */
export function DecisionLines({ item }: { item: ApprovalItem }) {
  const who = useWho();
  const approved = item.decisions.filter((decision) => decision.verdict === 'approve' && !decision.void).length;
  return (
    <>
      <p className={lists.quiet}>
        {item.roles.length === 0 ? 'Asked' : `Asked of ${orList(item.roles)}`} <Time at={item.askedAt} />
        {item.quorum > 1 ? ` · ${approved} of ${item.quorum} have approved` : ''}
        {item.state === 'pending' && item.expiresAt !== null ? (
          <>
            {' · expires '}
            <Time at={item.expiresAt} />
          </>
        ) : null}
        {item.notByRequester ? ' · not by whoever started the run' : ''}
        {item.state === 'expired' ? ' · expired' : ''}
        {item.state === 'withdrawn' ? ' · the run ended before it was decided' : ''}
      </p>
      <Timers item={item} />
      {item.decisions.map((decision) => (
        <p key={`${decision.by} ${decision.at}`} className={lists.quiet}>
          {decision.verdict === 'approve' ? 'Approved' : 'Rejected'} by {who(decision.by)} <Time at={decision.at} />
          {decision.comment === null ? '' : `: “${decision.comment}”`}
          {decision.void ? ' · void, as what was shown has changed since' : ''}
        </p>
      ))}
    </>
  );
}

/** When it is told again that it waits, and when others are asked, too; each with who that is. */
function Timers({ item: { remindAt, remindTo, escalateAt, escalateRoles, escalateTo } }: { item: ApprovalItem }) {
  if (remindAt === null && escalateAt === null) return null;
  const then = [
    ...(escalateRoles.length === 0 ? [] : [`${orList(escalateRoles)} may decide, too`]),
    ...(escalateTo.length === 0 ? [] : [`tells ${escalateTo.join(', ')}`]),
  ];
  return (
    <p className={lists.quiet}>
      {remindAt === null ? null : (
        <>
          Reminds {remindTo.join(', ') || 'nobody'} <Time at={remindAt} />
        </>
      )}
      {remindAt === null || escalateAt === null ? '' : ' · '}
      {escalateAt === null ? null : (
        <>
          Escalates <Time at={escalateAt} />: {then.join('; ')}
        </>
      )}
    </p>
  );
}
